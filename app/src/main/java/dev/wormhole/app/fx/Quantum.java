package dev.wormhole.app.fx;

import java.lang.invoke.MethodHandles;

/**
 * The way into JavaFX's toolkit, for what has no public way. It takes a start with {@code
 * --add-opens javafx.graphics/com.sun.javafx.tk.quantum}, and the release of JavaFX that this was
 * written for: who uses it says what happens without.
 */
final class Quantum {

    private static final String PACKAGE = "com.sun.javafx.tk.quantum.";

    private Quantum() {}

    static Class<?> type(String name) throws ClassNotFoundException {
        return Class.forName(PACKAGE + name);
    }

    /** The running one. */
    static Object toolkit() throws ReflectiveOperationException {
        Class<?> type = type("QuantumToolkit");
        Object toolkit = type.getMethod("getToolkit").invoke(null);
        if (!type.isInstance(toolkit)) throw new ReflectiveOperationException("another toolkit");
        return toolkit;
    }

    /** What may look into a class of the toolkit. */
    static MethodHandles.Lookup inside(Class<?> type) throws IllegalAccessException {
        return MethodHandles.privateLookupIn(type, MethodHandles.lookup());
    }
}
