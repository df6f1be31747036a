package org.agrona;
import java.lang.reflect.Field;
/**
 * Takes the place of Agrona 2.4.1's class of this name, which stands on {@code jdk.internal.misc.Unsafe}: a bundle cannot
 * see that class. This one stands on {@code sun.misc.Unsafe} and has only the methods that Aeron 1.51 and Agrona 2.4.1
 * call. Where the older class lacks an ordering, the next stronger one is taken: acquire and opaque reads are volatile
 * reads, release and opaque writes are ordered or volatile writes.
 */
public final class UnsafeApi {
  private static final sun.misc.Unsafe U;
  static { try { Field f = sun.misc.Unsafe.class.getDeclaredField("theUnsafe"); f.setAccessible(true); U = (sun.misc.Unsafe) f.get(null); } catch (ReflectiveOperationException e) { throw new ExceptionInInitializerError(e); } }
  public static int arrayBaseOffset(java.lang.Class<?> a0) { return U.arrayBaseOffset(a0); }
  public static int arrayIndexScale(java.lang.Class<?> a0) { return U.arrayIndexScale(a0); }
  public static int compareAndExchangeInt(java.lang.Object a0, long a1, int a2, int a3) { for (;;) { int cur = U.getIntVolatile(a0, a1); if (cur != a2) return cur; if (U.compareAndSwapInt(a0, a1, a2, a3)) return a2; } }
  public static long compareAndExchangeLong(java.lang.Object a0, long a1, long a2, long a3) { for (;;) { long cur = U.getLongVolatile(a0, a1); if (cur != a2) return cur; if (U.compareAndSwapLong(a0, a1, a2, a3)) return a2; } }
  public static boolean compareAndSetInt(java.lang.Object a0, long a1, int a2, int a3) { return U.compareAndSwapInt(a0, a1, a2, a3); }
  public static boolean compareAndSetLong(java.lang.Object a0, long a1, long a2, long a3) { return U.compareAndSwapLong(a0, a1, a2, a3); }
  public static boolean compareAndSetReference(java.lang.Object a0, long a1, java.lang.Object a2, java.lang.Object a3) { return U.compareAndSwapObject(a0, a1, a2, a3); }
  public static void copyMemory(long a0, long a1, long a2) { U.copyMemory(a0, a1, a2); }
  public static void copyMemory(java.lang.Object a0, long a1, java.lang.Object a2, long a3, long a4) { U.copyMemory(a0, a1, a2, a3, a4); }
  public static int getAndAddInt(java.lang.Object a0, long a1, int a2) { return U.getAndAddInt(a0, a1, a2); }
  public static int getAndAddIntRelease(java.lang.Object a0, long a1, int a2) { return U.getAndAddInt(a0, a1, a2); }
  public static long getAndAddLong(java.lang.Object a0, long a1, long a2) { return U.getAndAddLong(a0, a1, a2); }
  public static long getAndAddLongRelease(java.lang.Object a0, long a1, long a2) { return U.getAndAddLong(a0, a1, a2); }
  public static int getAndSetInt(java.lang.Object a0, long a1, int a2) { return U.getAndSetInt(a0, a1, a2); }
  public static long getAndSetLong(java.lang.Object a0, long a1, long a2) { return U.getAndSetLong(a0, a1, a2); }
  public static java.lang.Object getAndSetReference(java.lang.Object a0, long a1, java.lang.Object a2) { return U.getAndSetObject(a0, a1, a2); }
  public static byte getByte(long a0) { return U.getByte(a0); }
  public static byte getByte(java.lang.Object a0, long a1) { return U.getByte(a0, a1); }
  public static byte getByteVolatile(java.lang.Object a0, long a1) { return U.getByteVolatile(a0, a1); }
  public static char getChar(long a0) { return U.getChar(a0); }
  public static char getChar(java.lang.Object a0, long a1) { return U.getChar(a0, a1); }
  public static char getCharVolatile(java.lang.Object a0, long a1) { return U.getCharVolatile(a0, a1); }
  public static double getDouble(long a0) { return U.getDouble(a0); }
  public static double getDouble(java.lang.Object a0, long a1) { return U.getDouble(a0, a1); }
  public static float getFloat(long a0) { return U.getFloat(a0); }
  public static float getFloat(java.lang.Object a0, long a1) { return U.getFloat(a0, a1); }
  public static int getInt(long a0) { return U.getInt(a0); }
  public static int getInt(java.lang.Object a0, long a1) { return U.getInt(a0, a1); }
  public static int getIntAcquire(java.lang.Object a0, long a1) { return U.getIntVolatile(a0, a1); }
  public static int getIntOpaque(java.lang.Object a0, long a1) { return U.getIntVolatile(a0, a1); }
  public static int getIntVolatile(java.lang.Object a0, long a1) { return U.getIntVolatile(a0, a1); }
  public static long getLong(long a0) { return U.getLong(a0); }
  public static long getLong(java.lang.Object a0, long a1) { return U.getLong(a0, a1); }
  public static long getLongAcquire(java.lang.Object a0, long a1) { return U.getLongVolatile(a0, a1); }
  public static long getLongOpaque(java.lang.Object a0, long a1) { return U.getLongVolatile(a0, a1); }
  public static long getLongVolatile(java.lang.Object a0, long a1) { return U.getLongVolatile(a0, a1); }
  public static java.lang.Object getReference(java.lang.Object a0, long a1) { return U.getObject(a0, a1); }
  public static java.lang.Object getReferenceVolatile(java.lang.Object a0, long a1) { return U.getObjectVolatile(a0, a1); }
  public static short getShort(long a0) { return U.getShort(a0); }
  public static short getShort(java.lang.Object a0, long a1) { return U.getShort(a0, a1); }
  public static short getShortVolatile(java.lang.Object a0, long a1) { return U.getShortVolatile(a0, a1); }
  public static void invokeCleaner(java.nio.ByteBuffer a0) { U.invokeCleaner(a0); }
  public static long objectFieldOffset(java.lang.reflect.Field a0) { return U.objectFieldOffset(a0); }
  public static long objectFieldOffset(java.lang.Class<?> a0, java.lang.String a1) { return U.objectFieldOffset(field(a0, a1)); }
  public static void putByte(long a0, byte a1) { U.putByte(a0, a1); }
  public static void putByte(java.lang.Object a0, long a1, byte a2) { U.putByte(a0, a1, a2); }
  public static void putByteVolatile(java.lang.Object a0, long a1, byte a2) { U.putByteVolatile(a0, a1, a2); }
  public static void putChar(long a0, char a1) { U.putChar(a0, a1); }
  public static void putChar(java.lang.Object a0, long a1, char a2) { U.putChar(a0, a1, a2); }
  public static void putCharVolatile(java.lang.Object a0, long a1, char a2) { U.putCharVolatile(a0, a1, a2); }
  public static void putDouble(long a0, double a1) { U.putDouble(a0, a1); }
  public static void putDouble(java.lang.Object a0, long a1, double a2) { U.putDouble(a0, a1, a2); }
  public static void putFloat(long a0, float a1) { U.putFloat(a0, a1); }
  public static void putFloat(java.lang.Object a0, long a1, float a2) { U.putFloat(a0, a1, a2); }
  public static void putInt(long a0, int a1) { U.putInt(a0, a1); }
  public static void putInt(java.lang.Object a0, long a1, int a2) { U.putInt(a0, a1, a2); }
  public static void putIntOpaque(java.lang.Object a0, long a1, int a2) { U.putOrderedInt(a0, a1, a2); }
  public static void putIntRelease(java.lang.Object a0, long a1, int a2) { U.putOrderedInt(a0, a1, a2); }
  public static void putIntVolatile(java.lang.Object a0, long a1, int a2) { U.putIntVolatile(a0, a1, a2); }
  public static void putLong(long a0, long a1) { U.putLong(a0, a1); }
  public static void putLong(java.lang.Object a0, long a1, long a2) { U.putLong(a0, a1, a2); }
  public static void putLongOpaque(java.lang.Object a0, long a1, long a2) { U.putOrderedLong(a0, a1, a2); }
  public static void putLongRelease(java.lang.Object a0, long a1, long a2) { U.putOrderedLong(a0, a1, a2); }
  public static void putLongVolatile(java.lang.Object a0, long a1, long a2) { U.putLongVolatile(a0, a1, a2); }
  public static void putReference(java.lang.Object a0, long a1, java.lang.Object a2) { U.putObject(a0, a1, a2); }
  public static void putReferenceRelease(java.lang.Object a0, long a1, java.lang.Object a2) { U.putOrderedObject(a0, a1, a2); }
  public static void putShort(long a0, short a1) { U.putShort(a0, a1); }
  public static void putShort(java.lang.Object a0, long a1, short a2) { U.putShort(a0, a1, a2); }
  public static void putShortVolatile(java.lang.Object a0, long a1, short a2) { U.putShortVolatile(a0, a1, a2); }
  public static void setMemory(long a0, long a1, byte a2) { U.setMemory(a0, a1, a2); }
  public static void setMemory(java.lang.Object a0, long a1, long a2, byte a3) { U.setMemory(a0, a1, a2, a3); }
  private static Field field(Class<?> c, String n) { try { return c.getDeclaredField(n); } catch (NoSuchFieldException e) { throw new InternalError(e); } }
}
