package dev.wormhole.bench.window;

import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.NativeLongByReference;
import com.sun.jna.ptr.PointerByReference;

import dev.wormhole.bench.peer.Pace;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/**
 * A connection to an X server: its keys and its windows. Safe from any thread, since whoever
 * interrupts a run closes it; what is asked of a closed one is not done.
 */
public final class Display implements AutoCloseable {

    static final int RETURN = 0xff0d;
    static final int TAB = 0xff09;
    static final int SHIFT = 0xffe1;
    static final int CONTROL = 0xffe3;

    private static final NativeLong NONE = new NativeLong(0);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int CORE_KEYBOARD = 0x100;
    private static final int REVERT_TO_PARENT = 2;
    private static final Xlib X = Xlib.INSTANCE;

    /** A window may vanish while it is asked about: who asked sees that it got no answer. */
    private static final Xlib.ErrorHandler FORGIVING = (_, _) -> 0;

    private @Nullable Pointer display;
    private final NativeLong root;

    Display(String name) throws IOException {
        X.XSetErrorHandler(FORGIVING);
        Pointer opened = X.XOpenDisplay(name);
        if (opened == null) throw new IOException("no X server at " + name);
        display = opened;
        root = X.XDefaultRootWindow(opened);
    }

    /** Presses keys one after the other, and lets them go in reverse. */
    synchronized void press(int... keysyms) {
        if (display == null) return;
        for (int keysym : keysyms) key(display, keysym, true);
        // On its way at once: letting go is no part of what is measured.
        X.XFlush(display);
        for (int i = keysyms.length; --i >= 0; ) key(display, keysyms[i], false);
        X.XFlush(display);
    }

    /** Presses keys by their codes one after the other while others are held. */
    public synchronized void strike(List<Integer> held, List<Integer> codes) {
        if (display == null) return;
        for (int code : held) fake(display, code, true);
        for (int code : codes) {
            fake(display, code, true);
            fake(display, code, false);
        }
        for (int code : held.reversed()) fake(display, code, false);
        X.XFlush(display);
    }

    /** Puts one of the keyboard's layouts into use, counted from 0. */
    public synchronized void lockGroup(int group) {
        if (display == null) return;
        X.XkbLockGroup(display, CORE_KEYBOARD, group);
        X.XSync(display, 0);
    }

    private static void key(Pointer display, int keysym, boolean isDown) {
        int code = X.XKeysymToKeycode(display, new NativeLong(keysym)) & 0xff;
        fake(display, code, isDown);
    }

    private static void fake(Pointer display, int code, boolean isDown) {
        Xlib.Test.INSTANCE.XTestFakeKeyEvent(display, code, isDown ? 1 : 0, NONE);
    }

    /** Puts the mouse's pointer there: an Xvfb draws it into its picture. */
    synchronized void point(int x, int y) {
        if (display == null) return;
        Xlib.Test.INSTANCE.XTestFakeMotionEvent(display, -1, x, y, NONE);
        X.XSync(display, 0);
    }

    /** Whether a window manager has come up. */
    boolean isManaged() {
        return property("_NET_SUPPORTING_WM_CHECK").isPresent();
    }

    /** The first window of a program, as the window manager lists them. */
    OptionalLong window() {
        return property("_NET_CLIENT_LIST");
    }

    /** The first window of a program, once it has this title. */
    public long awaitTitle(String title) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            OptionalLong window = window();
            if (window.isPresent() && title.equals(title(window.getAsLong()))) {
                return window.getAsLong();
            }
            if (System.nanoTime() > deadline) throw new IOException("no window " + title);
            Pace.rest(Duration.ofMillis(20));
        }
    }

    private synchronized @Nullable String title(long window) {
        var name = new PointerByReference();
        if (display == null) return null;
        if (X.XFetchName(display, new NativeLong(window), name) == 0) return null;
        Pointer value = name.getValue();
        try {
            return value.getString(0);
        } finally {
            X.XFree(value);
        }
    }

    /** The first item of a property of the root window. */
    private synchronized OptionalLong property(String name) {
        if (display == null) return OptionalLong.empty();
        NativeLong atom = X.XInternAtom(display, name, 0);
        var items = new NativeLongByReference();
        var data = new PointerByReference();
        X.XGetWindowProperty(
                display,
                root,
                atom,
                NONE,
                new NativeLong(1),
                0,
                NONE,
                new NativeLongByReference(),
                new IntByReference(),
                items,
                new NativeLongByReference(),
                data);
        Pointer value = data.getValue();
        if (value == null) return OptionalLong.empty();
        try {
            if (items.getValue().longValue() == 0) return OptionalLong.empty();
            return OptionalLong.of(value.getNativeLong(0).longValue());
        } finally {
            X.XFree(value);
        }
    }

    /** Gives the keyboard to a window, or to none for 0. */
    public synchronized void focus(long window) {
        if (display == null) return;
        X.XSetInputFocus(display, new NativeLong(window), REVERT_TO_PARENT, NONE);
        X.XSync(display, 0);
    }

    /** Makes a window so much larger, in pixels, at the top left of the screen. */
    synchronized void enlarge(long window, int wider, int higher) {
        if (display == null) return;
        var width = new IntByReference();
        var height = new IntByReference();
        var ignored = new IntByReference();
        var id = new NativeLong(window);
        X.XGetGeometry(
                display,
                id,
                new NativeLongByReference(),
                ignored,
                new IntByReference(),
                width,
                height,
                new IntByReference(),
                new IntByReference());
        X.XMoveResizeWindow(
                display, id, 0, 0, width.getValue() + wider, height.getValue() + higher);
        X.XSync(display, 0);
    }

    @Override
    public synchronized void close() {
        if (display == null) return;
        X.XCloseDisplay(display);
        display = null;
    }
}
