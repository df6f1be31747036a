package org.agrona;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.aeron.Aeron;
import io.aeron.driver.MediaDriver;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Our stand-in for Agrona's class has every method that the libraries call. When an upgrade of Aeron or Agrona fails
 * here, add what is missing.
 */
class UnsafeApiTest {
    private static final String NAME = "org/agrona/UnsafeApi";

    @Test
    void standInComesBeforeTheOriginal() {
        assertEquals(
                UnsafeApiTest.class
                        .getClassLoader()
                        .getResource(NAME + ".class")
                        .getProtocol(),
                "file");
    }

    @Test
    void everyCalledMethodIsThere() throws Exception {
        Set<String> called = new TreeSet<>();
        for (Class<?> inJar : List.of(DirectBuffer.class, Aeron.class, MediaDriver.class)) {
            collectCalls(inJar, called);
        }
        assertFalse(called.isEmpty());

        called.removeAll(offered());

        assertEquals(Set.of(), called);
    }

    private static Set<String> offered() {
        return Arrays.stream(UnsafeApi.class.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()))
                .map(UnsafeApiTest::signature)
                .collect(Collectors.toSet());
    }

    private static String signature(Method method) {
        return method.getName()
                + MethodType.methodType(method.getReturnType(), method.getParameterTypes())
                        .toMethodDescriptorString();
    }

    private static void collectCalls(Class<?> inJar, Set<String> called) throws Exception {
        Path path = Path.of(
                inJar.getProtectionDomain().getCodeSource().getLocation().toURI());
        try (JarFile jar = new JarFile(path.toFile())) {
            for (JarEntry entry : jar.stream().toList()) {
                if (entry.getName().endsWith(".class") && !entry.getName().equals(NAME + ".class")) {
                    try (InputStream in = jar.getInputStream(entry)) {
                        called.addAll(ConstantPool.read(new ByteArrayInputStream(in.readAllBytes()))
                                .methodsOf(NAME));
                    }
                }
            }
        }
    }

    /** The constant pool of a class file, as far as method references need it (Java VM Specification, section 4.4). */
    private record ConstantPool(String[] texts, int[][] pairs, int[] tags) {
        private static final int UTF8 = 1;
        private static final int LONG = 5;
        private static final int DOUBLE = 6;
        private static final int METHOD = 10;
        private static final int INTERFACE_METHOD = 11;

        static ConstantPool read(InputStream classFile) throws IOException {
            DataInputStream in = new DataInputStream(classFile);
            in.skipNBytes(8); // magic and version
            int size = in.readUnsignedShort();
            ConstantPool pool = new ConstantPool(new String[size], new int[size][2], new int[size]);
            int index = 1;
            while (index < size) {
                pool.readEntry(in, index);
                // The only entries that take two places.
                index += pool.tags[index] == LONG || pool.tags[index] == DOUBLE ? 2 : 1;
            }
            return pool;
        }

        private void readEntry(DataInputStream in, int index) throws IOException {
            tags[index] = in.readUnsignedByte();
            switch (tags[index]) {
                case UTF8 -> texts[index] = in.readUTF();
                case LONG, DOUBLE -> in.skipNBytes(8);
                // Class, String, MethodType, Module, Package.
                case 7, 8, 16, 19, 20 -> pairs[index][0] = in.readUnsignedShort();
                // MethodHandle.
                case 15 -> in.skipNBytes(3);
                // All others are four bytes: a number, or two indexes.
                default -> {
                    pairs[index][0] = in.readUnsignedShort();
                    pairs[index][1] = in.readUnsignedShort();
                }
            }
        }

        Set<String> methodsOf(String className) {
            Set<String> methods = new TreeSet<>();
            for (int index = 1; index < tags.length; index++) {
                if ((tags[index] == METHOD || tags[index] == INTERFACE_METHOD)
                        && className.equals(texts[pairs[pairs[index][0]][0]])) {
                    int[] nameAndType = pairs[pairs[index][1]];
                    methods.add(texts[nameAndType[0]] + texts[nameAndType[1]]);
                }
            }
            return methods;
        }
    }
}
