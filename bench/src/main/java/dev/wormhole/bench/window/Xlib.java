package dev.wormhole.bench.window;

import com.sun.jna.Callback;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.NativeLongByReference;
import com.sun.jna.ptr.PointerByReference;

/** What is needed of libX11 and libXtst, as their manual pages have it. */
interface Xlib extends Library {

    Xlib INSTANCE = Native.load("X11", Xlib.class);

    /** Keys and pointer of the test extension. */
    interface Test extends Library {

        Test INSTANCE = Native.load("Xtst", Test.class);

        int XTestFakeKeyEvent(Pointer display, int keycode, int isPress, NativeLong delay);

        int XTestFakeMotionEvent(Pointer display, int screen, int x, int y, NativeLong delay);
    }

    /** Without one Xlib ends the process at the first error. */
    interface ErrorHandler extends Callback {

        int apply(Pointer display, Pointer event);
    }

    Pointer XSetErrorHandler(ErrorHandler handler);

    Pointer XOpenDisplay(String name);

    int XCloseDisplay(Pointer display);

    NativeLong XDefaultRootWindow(Pointer display);

    int XFlush(Pointer display);

    int XSync(Pointer display, int discard);

    int XFree(Pointer data);

    byte XKeysymToKeycode(Pointer display, NativeLong keysym);

    int XkbLockGroup(Pointer display, int device, int group);

    int XSetInputFocus(Pointer display, NativeLong window, int revertTo, NativeLong time);

    int XFetchName(Pointer display, NativeLong window, PointerByReference name);

    int XMoveResizeWindow(Pointer display, NativeLong window, int x, int y, int width, int height);

    int XGetGeometry(
            Pointer display,
            NativeLong drawable,
            NativeLongByReference root,
            IntByReference x,
            IntByReference y,
            IntByReference width,
            IntByReference height,
            IntByReference border,
            IntByReference depth);

    NativeLong XInternAtom(Pointer display, String name, int onlyIfExists);

    int XGetWindowProperty(
            Pointer display,
            NativeLong window,
            NativeLong property,
            NativeLong offset,
            NativeLong length,
            int delete,
            NativeLong type,
            NativeLongByReference actualType,
            IntByReference actualFormat,
            NativeLongByReference items,
            NativeLongByReference bytesAfter,
            PointerByReference data);
}
