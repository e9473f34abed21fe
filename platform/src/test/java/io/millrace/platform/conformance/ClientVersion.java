package io.millrace.platform.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.junit.jupiter.api.DynamicTest;

/// A release of Kafka's client. Each has a class loader of its own, which loads that release and,
/// once more, the scenarios that use it; all else comes from the loader of the tests.
enum ClientVersion {
    V2_8("2.8.2"),
    V3_9("3.9.1"),
    V4_3("4.3.1");

    private static final String SCENARIOS = "io.millrace.platform.conformance.client.";

    private final String text;
    private final ClassLoader loader;

    ClientVersion(String text) {
        this.text = text;
        this.loader = new Loader(text);
    }

    /// Every scenario of a class with every release: the public methods that take nothing.
    static List<DynamicTest> tests(Class<?> scenarios, Backend backend) {
        List<DynamicTest> tests = new ArrayList<>();
        for (ClientVersion version : values()) {
            tests.addAll(version.testsOf(scenarios, backend));
        }
        return tests;
    }

    /// Every scenario of a class with this release.
    List<DynamicTest> testsOf(Class<?> scenarios, Backend backend) {
        return Arrays.stream(scenarios.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()))
                .filter(method -> method.getParameterCount() == 0)
                .sorted(Comparator.comparing(Method::getName))
                .map(method -> DynamicTest.dynamicTest(
                        text + " " + method.getName(),
                        () -> run(scenarios.getName(), method.getName(), backend)))
                .toList();
    }

    private void run(String scenarios, String method, Backend backend) throws Throwable {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            Constructor<?> constructor =
                    loader.loadClass(scenarios).getDeclaredConstructor(String.class, String.class);
            Object instance = constructor.newInstance(backend.bootstrap(), text);
            instance.getClass().getMethod(method).invoke(instance);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static final class Loader extends URLClassLoader {
        static {
            registerAsParallelCapable();
        }

        Loader(String version) {
            super("kafka-clients-" + version, urls(version), Loader.class.getClassLoader());
        }

        private static URL[] urls(String version) {
            Path jar = Path.of("target", "older-clients", "kafka-clients-" + version + ".jar");
            try {
                return jar.toFile().exists()
                        ? new URL[] {jar.toUri().toURL()}
                        : new URL[] {
                            KafkaProducer.class
                                    .getProtectionDomain()
                                    .getCodeSource()
                                    .getLocation()
                        };
            } catch (MalformedURLException e) {
                throw new IllegalArgumentException(version, e);
            }
        }

        /// What a release says about itself stands in its jar.
        @Override
        public URL getResource(String name) {
            URL own = findResource(name);
            return own == null ? super.getResource(name) : own;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            boolean isOwn = name.startsWith("org.apache.kafka.") || name.startsWith(SCENARIOS);
            if (!isOwn) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                if (loaded != null) {
                    return loaded;
                }
                return name.startsWith(SCENARIOS) ? defineScenario(name) : findClass(name);
            }
        }

        private Class<?> defineScenario(String name) throws ClassNotFoundException {
            String file = name.replace('.', '/') + ".class";
            try (InputStream in = getParent().getResourceAsStream(file)) {
                if (in == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
