#!/bin/bash
# limit: 420
# A Maven project for Java 21 uses the library modules through the BOM.
. "$(dirname "$0")/../lib.sh"
jdk=$(jdk25)
work=$root/target/jdk21-check
rm -rf "$work"
mkdir -p "$work"
trap 'rm -rf "$work"; finish' EXIT

# A repository of its own, so that nothing of this is left in the developer's.
mvn_repo=$(mvn -q -B -ntp -f "$root/bom/pom.xml" help:evaluate -Dexpression=settings.localRepository -DforceStdout |
    sed 's/\x1b\[[0-9;]*m//g')
cp -al "$mvn_repo" "$work/repository" 2>/dev/null || cp -a "$mvn_repo" "$work/repository"
rm -rf "$work/repository/io/millrace"
mvn -q -B -ntp -f "$root/pom.xml" -Dmaven.repo.local="$work/repository" -Dmaven.test.skip=true \
    -pl bom,log-core/client -am install >"$tmp/install.log" 2>&1 || { tail -n 30 "$tmp/install.log"; fail 'install'; }

mkdir -p "$work/user/src/main/java/user"
cat >"$work/user/pom.xml" <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>user</groupId>
  <artifactId>user</artifactId>
  <version>1</version>
  <properties>
    <maven.compiler.release>21</maven.compiler.release>
    <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
  </properties>
  <dependencyManagement>
    <dependencies>
      <dependency>
        <groupId>io.millrace</groupId>
        <artifactId>bom</artifactId>
        <version>0.1.0-SNAPSHOT</version>
        <type>pom</type>
        <scope>import</scope>
      </dependency>
    </dependencies>
  </dependencyManagement>
  <dependencies>
    <dependency>
      <groupId>io.millrace</groupId>
      <artifactId>client</artifactId>
    </dependency>
  </dependencies>
  <build>
    <plugins>
      <plugin>
        <groupId>org.apache.maven.plugins</groupId>
        <artifactId>maven-compiler-plugin</artifactId>
        <version>3.14.1</version>
      </plugin>
    </plugins>
  </build>
</project>
POM
cat >"$work/user/src/main/java/user/Program.java" <<'JAVA'
package user;

import io.millrace.clients.producer.ProducerRecord;
import io.millrace.protocol.Api;
import java.util.Arrays;

public class Program {
    public static void main(String[] args) {
        var record = new ProducerRecord<>("topic", "key", "value");
        System.out.println(record.topic() + " " + Arrays.asList(Api.values()).contains(Api.PRODUCE));
    }
}
JAVA
cd "$work/user"
JAVA_HOME=$jdk mvn -q -B -ntp -Dmaven.repo.local="$work/repository" compile dependency:build-classpath \
    -Dmdep.outputFile="$work/classpath" >"$tmp/compile.log" 2>&1 || { tail -n 30 "$tmp/compile.log"; fail 'compile'; }
ok 'a project with release 21 compiles'
same 'it runs' 'topic true' "$("$jdk/bin/java" -cp "target/classes:$(cat "$work/classpath")" user.Program)"

mkdir "$work/classes"
for module in protocol client; do
    jar=$(tr ':' '\n' <"$work/classpath" | grep "/io/millrace/$module/")
    (cd "$work/classes" && "$jdk/bin/jar" xf "$jar")
done
newest=$(find "$work/classes" -name '*.class' -exec sh -c 'for f; do od -An -tu1 -j7 -N1 "$f"; done' _ {} + | sort -n | tail -n 1)
same 'no class of the libraries is younger than Java 21' 65 "$((newest))"
! tr ':' '\n' <"$work/classpath" | grep -E 'kafka-clients|build-tools|logback|junit' || fail 'the libraries bring what they should not'
ok 'nothing comes along that should not'

for old in /usr/lib/jvm/*; do
    if [ -x "$old/bin/java" ] && grep -qs '^JAVA_VERSION="17' "$old/release"; then
        ! "$old/bin/java" -cp "target/classes:$(cat "$work/classpath")" user.Program 2>"$tmp/old" || fail 'JDK 17 runs it'
        grep -q UnsupportedClassVersionError "$tmp/old" || fail "JDK 17: $(cat "$tmp/old")"
        ok 'JDK 17 refuses it by name'
        break
    fi
done
done_checking
