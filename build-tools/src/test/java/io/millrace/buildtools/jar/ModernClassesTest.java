package io.millrace.buildtools.jar;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ModernClassesTest {
    private static final int JAVA_5_VERSION = 49;
    private static final byte[] TEXT = {'t', 'e', 'x', 't'};

    @TempDir
    Path folder;

    /// A method with a branch, which needs a stack map since Java 7: the larger of two numbers.
    private static byte[] classWithBranch(int version) {
        var ints =
                MethodTypeDesc.of(ConstantDescs.CD_int, ConstantDescs.CD_int, ConstantDescs.CD_int);
        return ClassFile.of(ClassFile.StackMapsOption.DROP_STACK_MAPS)
                .build(
                        ClassDesc.of("Old"),
                        type -> type.withVersion(version, 0)
                                .withMethodBody(
                                        "max",
                                        ints,
                                        ClassFile.ACC_PUBLIC | ClassFile.ACC_STATIC,
                                        code -> {
                                            var second = code.newLabel();
                                            code.iload(0).iload(1).if_icmplt(second);
                                            code.iload(0).ireturn();
                                            code.labelBinding(second).iload(1).ireturn();
                                        }));
    }

    private Path jar(String... more) throws IOException {
        return jar(JAVA_5_VERSION, more);
    }

    private Path jar(int version, String... more) throws IOException {
        Path jar = folder.resolve("old.jar");
        try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new JarEntry("Old.class"));
            out.write(classWithBranch(version));
            for (String name : more) {
                out.putNextEntry(new JarEntry(name));
                out.write(TEXT);
            }
        }
        return jar;
    }

    @Test
    void oldClassesGetStackMapsAndWork() throws Exception {
        Path jar = jar("text.txt");
        ModernClasses.main(new String[] {folder.toString()});
        try (var loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
            var max = loader.loadClass("Old").getMethod("max", int.class, int.class);
            assertEquals(7, max.invoke(null, 3, 7));
            assertEquals(9, max.invoke(null, 9, 7));
        }
        try (var file = new JarFile(jar.toFile())) {
            byte[] rewritten = file.getInputStream(file.getEntry("Old.class")).readAllBytes();
            assertEquals(
                    ClassFile.JAVA_8_VERSION, ClassFile.of().parse(rewritten).majorVersion());
            assertArrayEquals(
                    TEXT, file.getInputStream(file.getEntry("text.txt")).readAllBytes());
        }
        assertFalse(ModernClasses.rewrite(jar), "the second time there is nothing to do");
    }

    @Test
    void otherJarsAreLeftAsTheyAre() throws IOException {
        byte[] recent = Files.readAllBytes(jar(ClassFile.JAVA_8_VERSION));
        assertFalse(ModernClasses.rewrite(folder.resolve("old.jar")));
        assertArrayEquals(recent, Files.readAllBytes(folder.resolve("old.jar")));
        assertFalse(ModernClasses.rewrite(jar("META-INF/SOMEBODY.SF")), "it is signed");
        assertTrue(ModernClasses.rewrite(jar("META-INF/SOMEBODY.TXT")));
    }
}
