package org.agrona;

import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import sun.misc.Unsafe;

/**
 * Takes the place of Agrona 2.4.1's class of this name, which stands on {@code jdk.internal.misc.Unsafe}: a bundle cannot
 * see that class. This one stands on {@code sun.misc.Unsafe} and has only the methods that Aeron 1.51 and Agrona 2.4.1
 * call. Where the older class lacks an ordering, the next stronger one is taken: acquire and opaque reads are volatile
 * reads, release and opaque writes are ordered or volatile writes.
 */
public final class UnsafeApi {
    private static final Unsafe U;

    static {
        try {
            Field f = Unsafe.class.getDeclaredField("theUnsafe");
            f.setAccessible(true);
            U = (Unsafe) f.get(null);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    public static int arrayBaseOffset(Class<?> a0) {
        return U.arrayBaseOffset(a0);
    }

    public static int arrayIndexScale(Class<?> a0) {
        return U.arrayIndexScale(a0);
    }

    public static int compareAndExchangeInt(Object a0, long a1, int a2, int a3) {
        for (; ; ) {
            int cur = U.getIntVolatile(a0, a1);
            if (cur != a2) return cur;
            if (U.compareAndSwapInt(a0, a1, a2, a3)) return a2;
        }
    }

    public static long compareAndExchangeLong(Object a0, long a1, long a2, long a3) {
        for (; ; ) {
            long cur = U.getLongVolatile(a0, a1);
            if (cur != a2) return cur;
            if (U.compareAndSwapLong(a0, a1, a2, a3)) return a2;
        }
    }

    public static boolean compareAndSetInt(Object a0, long a1, int a2, int a3) {
        return U.compareAndSwapInt(a0, a1, a2, a3);
    }

    public static boolean compareAndSetLong(Object a0, long a1, long a2, long a3) {
        return U.compareAndSwapLong(a0, a1, a2, a3);
    }

    public static boolean compareAndSetReference(Object a0, long a1, Object a2, Object a3) {
        return U.compareAndSwapObject(a0, a1, a2, a3);
    }

    public static void copyMemory(long a0, long a1, long a2) {
        U.copyMemory(a0, a1, a2);
    }

    public static void copyMemory(Object a0, long a1, Object a2, long a3, long a4) {
        U.copyMemory(a0, a1, a2, a3, a4);
    }

    public static int getAndAddInt(Object a0, long a1, int a2) {
        return U.getAndAddInt(a0, a1, a2);
    }

    public static int getAndAddIntRelease(Object a0, long a1, int a2) {
        return U.getAndAddInt(a0, a1, a2);
    }

    public static long getAndAddLong(Object a0, long a1, long a2) {
        return U.getAndAddLong(a0, a1, a2);
    }

    public static long getAndAddLongRelease(Object a0, long a1, long a2) {
        return U.getAndAddLong(a0, a1, a2);
    }

    public static int getAndSetInt(Object a0, long a1, int a2) {
        return U.getAndSetInt(a0, a1, a2);
    }

    public static long getAndSetLong(Object a0, long a1, long a2) {
        return U.getAndSetLong(a0, a1, a2);
    }

    public static Object getAndSetReference(Object a0, long a1, Object a2) {
        return U.getAndSetObject(a0, a1, a2);
    }

    public static byte getByte(long a0) {
        return U.getByte(a0);
    }

    public static byte getByte(Object a0, long a1) {
        return U.getByte(a0, a1);
    }

    public static byte getByteVolatile(Object a0, long a1) {
        return U.getByteVolatile(a0, a1);
    }

    public static char getChar(long a0) {
        return U.getChar(a0);
    }

    public static char getChar(Object a0, long a1) {
        return U.getChar(a0, a1);
    }

    public static char getCharVolatile(Object a0, long a1) {
        return U.getCharVolatile(a0, a1);
    }

    public static double getDouble(long a0) {
        return U.getDouble(a0);
    }

    public static double getDouble(Object a0, long a1) {
        return U.getDouble(a0, a1);
    }

    public static float getFloat(long a0) {
        return U.getFloat(a0);
    }

    public static float getFloat(Object a0, long a1) {
        return U.getFloat(a0, a1);
    }

    public static int getInt(long a0) {
        return U.getInt(a0);
    }

    public static int getInt(Object a0, long a1) {
        return U.getInt(a0, a1);
    }

    public static int getIntAcquire(Object a0, long a1) {
        return U.getIntVolatile(a0, a1);
    }

    public static int getIntOpaque(Object a0, long a1) {
        return U.getIntVolatile(a0, a1);
    }

    public static int getIntVolatile(Object a0, long a1) {
        return U.getIntVolatile(a0, a1);
    }

    public static long getLong(long a0) {
        return U.getLong(a0);
    }

    public static long getLong(Object a0, long a1) {
        return U.getLong(a0, a1);
    }

    public static long getLongAcquire(Object a0, long a1) {
        return U.getLongVolatile(a0, a1);
    }

    public static long getLongOpaque(Object a0, long a1) {
        return U.getLongVolatile(a0, a1);
    }

    public static long getLongVolatile(Object a0, long a1) {
        return U.getLongVolatile(a0, a1);
    }

    public static Object getReference(Object a0, long a1) {
        return U.getObject(a0, a1);
    }

    public static Object getReferenceVolatile(Object a0, long a1) {
        return U.getObjectVolatile(a0, a1);
    }

    public static short getShort(long a0) {
        return U.getShort(a0);
    }

    public static short getShort(Object a0, long a1) {
        return U.getShort(a0, a1);
    }

    public static short getShortVolatile(Object a0, long a1) {
        return U.getShortVolatile(a0, a1);
    }

    public static void invokeCleaner(ByteBuffer a0) {
        U.invokeCleaner(a0);
    }

    public static long objectFieldOffset(Field a0) {
        return U.objectFieldOffset(a0);
    }

    public static long objectFieldOffset(Class<?> a0, String a1) {
        return U.objectFieldOffset(field(a0, a1));
    }

    public static void putByte(long a0, byte a1) {
        U.putByte(a0, a1);
    }

    public static void putByte(Object a0, long a1, byte a2) {
        U.putByte(a0, a1, a2);
    }

    public static void putByteVolatile(Object a0, long a1, byte a2) {
        U.putByteVolatile(a0, a1, a2);
    }

    public static void putChar(long a0, char a1) {
        U.putChar(a0, a1);
    }

    public static void putChar(Object a0, long a1, char a2) {
        U.putChar(a0, a1, a2);
    }

    public static void putCharVolatile(Object a0, long a1, char a2) {
        U.putCharVolatile(a0, a1, a2);
    }

    public static void putDouble(long a0, double a1) {
        U.putDouble(a0, a1);
    }

    public static void putDouble(Object a0, long a1, double a2) {
        U.putDouble(a0, a1, a2);
    }

    public static void putFloat(long a0, float a1) {
        U.putFloat(a0, a1);
    }

    public static void putFloat(Object a0, long a1, float a2) {
        U.putFloat(a0, a1, a2);
    }

    public static void putInt(long a0, int a1) {
        U.putInt(a0, a1);
    }

    public static void putInt(Object a0, long a1, int a2) {
        U.putInt(a0, a1, a2);
    }

    public static void putIntOpaque(Object a0, long a1, int a2) {
        U.putOrderedInt(a0, a1, a2);
    }

    public static void putIntRelease(Object a0, long a1, int a2) {
        U.putOrderedInt(a0, a1, a2);
    }

    public static void putIntVolatile(Object a0, long a1, int a2) {
        U.putIntVolatile(a0, a1, a2);
    }

    public static void putLong(long a0, long a1) {
        U.putLong(a0, a1);
    }

    public static void putLong(Object a0, long a1, long a2) {
        U.putLong(a0, a1, a2);
    }

    public static void putLongOpaque(Object a0, long a1, long a2) {
        U.putOrderedLong(a0, a1, a2);
    }

    public static void putLongRelease(Object a0, long a1, long a2) {
        U.putOrderedLong(a0, a1, a2);
    }

    public static void putLongVolatile(Object a0, long a1, long a2) {
        U.putLongVolatile(a0, a1, a2);
    }

    public static void putReference(Object a0, long a1, Object a2) {
        U.putObject(a0, a1, a2);
    }

    public static void putReferenceRelease(Object a0, long a1, Object a2) {
        U.putOrderedObject(a0, a1, a2);
    }

    public static void putShort(long a0, short a1) {
        U.putShort(a0, a1);
    }

    public static void putShort(Object a0, long a1, short a2) {
        U.putShort(a0, a1, a2);
    }

    public static void putShortVolatile(Object a0, long a1, short a2) {
        U.putShortVolatile(a0, a1, a2);
    }

    public static void setMemory(long a0, long a1, byte a2) {
        U.setMemory(a0, a1, a2);
    }

    public static void setMemory(Object a0, long a1, long a2, byte a3) {
        U.setMemory(a0, a1, a2, a3);
    }

    private static Field field(Class<?> c, String n) {
        try {
            return c.getDeclaredField(n);
        } catch (NoSuchFieldException e) {
            throw new InternalError(e);
        }
    }
}
