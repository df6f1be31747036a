package io.annulus.runtime.system;

import io.annulus.runtime.PackageOpener;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;

/**
 * The module java.base of the JVM that this runs in. Opening goes through a private method of {@link Module}, and so works
 * only where java.lang is open. Any thread.
 */
public final class RunningJvm implements PackageOpener.Jvm {

    private final Module base = Object.class.getModule();

    /** As seen by the unnamed module of this bundle's class loader: open to it alone would look the same as open to all. */
    @Override
    public boolean isOpen(String packageName) {
        return base.isOpen(packageName, RunningJvm.class.getModule());
    }

    @Override
    public boolean open(String packageName) {
        if (!base.getPackages().contains(packageName)) {
            return false;
        }
        try {
            Method opens = Module.class.getDeclaredMethod("implAddOpensToAllUnnamed", String.class);
            opens.setAccessible(true);
            opens.invoke(base, packageName);
            return true;
        } catch (ReflectiveOperationException | InaccessibleObjectException e) {
            // The caller says which flags give the same.
            return false;
        }
    }
}
