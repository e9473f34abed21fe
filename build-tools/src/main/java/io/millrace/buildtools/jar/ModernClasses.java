package io.millrace.buildtools.jar;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/// Gives class files that were compiled for an old Java the version of Java 8, and the stack maps
/// that it asks for. Java keeps no class without stack maps in its start-up cache, and checks it by
/// a slow verifier: with picocli that was half of the time until `millrace --version` answered.
public final class ModernClasses {
    private static final int MAJOR_OFFSET = 7;
    private static final String MULTI_RELEASE = "META-INF/versions/";

    private final Map<String, byte[]> entries;
    private final ClassFile classFile = ClassFile.of(
            StackMapsOption.GENERATE_STACK_MAPS,
            ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(this::open)
                    .orElse(ClassHierarchyResolver.defaultResolver())));

    private ModernClasses(Map<String, byte[]> entries) {
        this.entries = entries;
    }

    /// Rewrites those of the jars in a folder that have old classes.
    public static void main(String[] arguments) throws IOException {
        try (var jars = Files.newDirectoryStream(Path.of(arguments[0]), "*.jar")) {
            for (Path jar : jars) {
                rewrite(jar);
            }
        }
    }

    /// Whether the jar had to be rewritten. A signed jar is left as it is.
    static boolean rewrite(Path jar) throws IOException {
        var entries = new HashMap<String, byte[]>();
        try (var in = new JarInputStream(Files.newInputStream(jar), false)) {
            for (var entry = in.getNextJarEntry(); entry != null; entry = in.getNextJarEntry()) {
                entries.put(entry.getName(), in.readAllBytes());
            }
        }
        boolean signed = entries.keySet().stream().anyMatch(name -> name.endsWith(".SF"));
        if (signed
                || entries.entrySet().stream()
                        .noneMatch(entry -> isOld(entry.getKey(), entry.getValue()))) {
            return false;
        }
        Path rewritten = jar.resolveSibling(jar.getFileName() + ".new");
        new ModernClasses(entries).copy(jar, rewritten);
        Files.move(rewritten, jar, StandardCopyOption.ATOMIC_MOVE);
        return true;
    }

    private void copy(Path from, Path to) throws IOException {
        try (var in = new JarInputStream(Files.newInputStream(from), false);
                var out = new JarOutputStream(Files.newOutputStream(to))) {
            Manifest manifest = in.getManifest(); // not among the entries
            if (manifest != null) {
                out.putNextEntry(new JarEntry(JarFile.MANIFEST_NAME));
                manifest.write(out);
                out.closeEntry();
            }
            for (var entry = in.getNextJarEntry(); entry != null; entry = in.getNextJarEntry()) {
                byte[] content = in.readAllBytes();
                var copied = new JarEntry(entry.getName());
                copied.setTime(entry.getTime());
                out.putNextEntry(copied);
                out.write(isOld(entry.getName(), content) ? modern(content) : content);
                out.closeEntry();
            }
        }
    }

    private static boolean isOld(String name, byte[] content) {
        return name.endsWith(".class")
                && !name.startsWith(MULTI_RELEASE)
                && content.length > MAJOR_OFFSET
                && (content[MAJOR_OFFSET] & 0xff) < ClassFile.JAVA_6_VERSION;
    }

    private byte[] modern(byte[] old) {
        return classFile.transformClass(
                classFile.parse(old),
                ClassTransform.transformingMethodBodies(CodeBuilder::with)
                        .andThen(ClassTransform.endHandler(
                                builder -> builder.withVersion(ClassFile.JAVA_8_VERSION, 0))));
    }

    private @Nullable InputStream open(ClassDesc type) {
        String descriptor = type.descriptorString();
        byte[] content = entries.get(descriptor.substring(1, descriptor.length() - 1) + ".class");
        return content == null ? null : new ByteArrayInputStream(content);
    }
}
