package dev.wormhole.client.attach;

import dev.wormhole.protocol.TerminalSize;

import org.jspecify.annotations.Nullable;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Locale;
import java.util.Optional;

/**
 * The terminal behind file descriptors 0, 1 and 2, through termios (POSIX) and ioctl.
 *
 * <p>Safe from any thread: the mode is set and restored under one lock, since a shutdown hook may
 * restore it.
 */
public final class PosixTerminal implements TerminalDevice {

    private static final int STDIN = 0;
    private static final int STDOUT = 1;
    private static final int STDERR = 2;

    /**
     * Larger than struct termios of any system (60 bytes on Linux, 72 on macOS): its content is
     * never looked at.
     */
    private static final int TERMIOS_BYTES = 256;

    /** After all output was written, as stty does. */
    private static final int TCSADRAIN = 1;

    private static final short POLLIN = 1;

    private static final int FOR_EVER = -1;

    private static final long TIOCGWINSZ =
            System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac")
                    ? 0x40087468L
                    : 0x5413L;

    private final NativeCalls calls = new NativeCalls();
    private final InputStream keyboard = new FileInputStream(FileDescriptor.in);
    private final OutputStream screen = new FileOutputStream(FileDescriptor.out);

    // Guarded by this.
    private @Nullable MemorySegment before;

    @Override
    public boolean isInteractive() {
        return isTerminal(STDIN) && isTerminal(STDOUT);
    }

    /** Whether a person sits at standard input: something may be asked. */
    public boolean hasKeyboard() {
        return isTerminal(STDIN);
    }

    /** Whether standard output is looked at by a person. */
    public boolean hasScreen() {
        return isTerminal(STDOUT);
    }

    private boolean isTerminal(int descriptor) {
        return calls.isatty(descriptor);
    }

    @Override
    public Optional<TerminalSize> size() {
        for (int descriptor : new int[] {STDOUT, STDIN, STDERR}) {
            Optional<TerminalSize> size = calls.size(descriptor);
            if (size.isPresent()) return size;
        }
        return Optional.empty();
    }

    @Override
    public synchronized void enterRaw() throws IOException {
        if (before != null) return;
        MemorySegment saved = Arena.global().allocate(TERMIOS_BYTES, 8);
        if (!calls.tcgetattr(STDIN, saved))
            throw new IOException("the terminal does not tell its mode");
        MemorySegment raw = Arena.global().allocate(TERMIOS_BYTES, 8);
        raw.copyFrom(saved);
        calls.cfmakeraw(raw);
        before = saved;
        if (!calls.tcsetattr(STDIN, TCSADRAIN, raw))
            throw new IOException("the terminal does not take raw mode");
    }

    @Override
    public synchronized void leaveRaw() {
        if (before == null) return;
        // A terminal that is gone does not take it, and needs none.
        calls.tcsetattr(STDIN, TCSADRAIN, before);
        before = null;
    }

    @Override
    public void awaitKeys() throws IOException {
        if (!calls.awaitInput(STDIN)) throw new IOException("the terminal cannot be waited for");
    }

    @Override
    public int read(byte[] buffer) throws IOException {
        return keyboard.read(buffer);
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        screen.write(bytes);
    }

    @Override
    public void onResize(Runnable changed) {
        Signals.handle("WINCH", changed);
    }

    /** The C functions. Each is found once for each terminal object. */
    @SuppressWarnings("restricted")
    private static final class NativeCalls {

        private final Linker linker = Linker.nativeLinker();
        private final SymbolLookup library = linker.defaultLookup();
        private final MethodHandle isatty =
                handle("isatty", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
        private final MethodHandle ioctl =
                handle(
                        "ioctl",
                        FunctionDescriptor.of(
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_LONG,
                                ValueLayout.ADDRESS),
                        Linker.Option.firstVariadicArg(2));

        private MethodHandle handle(
                String name, FunctionDescriptor type, Linker.Option... options) {
            return linker.downcallHandle(library.findOrThrow(name), type, options);
        }

        boolean isatty(int descriptor) {
            try {
                return (int) isatty.invokeExact(descriptor) == 1;
            } catch (Throwable e) {
                throw broken(e);
            }
        }

        Optional<TerminalSize> size(int descriptor) {
            // struct winsize: rows, columns, and two numbers of pixels, 16 bits each.
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment size = arena.allocate(8, 8);
                int result = (int) ioctl.invokeExact(descriptor, TIOCGWINSZ, size);
                int rows = Short.toUnsignedInt(size.get(ValueLayout.JAVA_SHORT, 0));
                int cols = Short.toUnsignedInt(size.get(ValueLayout.JAVA_SHORT, 2));
                if (result != 0 || rows == 0 || cols == 0) return Optional.empty();
                return Optional.of(TerminalSize.clamped(cols, rows));
            } catch (Throwable e) {
                throw broken(e);
            }
        }

        /** False when waiting is impossible; interrupted by a signal it waits on. */
        boolean awaitInput(int descriptor) {
            MethodHandle call =
                    handle(
                            "poll",
                            FunctionDescriptor.of(
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.ADDRESS,
                                    ValueLayout.JAVA_LONG,
                                    ValueLayout.JAVA_INT));
            // struct pollfd: the descriptor, then two sets of events, 16 bits each.
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment wanted = arena.allocate(8, 4);
                wanted.set(ValueLayout.JAVA_INT, 0, descriptor);
                wanted.set(ValueLayout.JAVA_SHORT, 4, POLLIN);
                int ready;
                do {
                    ready = (int) call.invokeExact(wanted, 1L, FOR_EVER);
                } while (ready < 0 && isatty(descriptor));
                return ready > 0;
            } catch (Throwable e) {
                throw broken(e);
            }
        }

        boolean tcgetattr(int descriptor, MemorySegment termios) {
            MethodHandle call =
                    handle(
                            "tcgetattr",
                            FunctionDescriptor.of(
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.ADDRESS));
            try {
                return (int) call.invokeExact(descriptor, termios) == 0;
            } catch (Throwable e) {
                throw broken(e);
            }
        }

        boolean tcsetattr(int descriptor, int when, MemorySegment termios) {
            MethodHandle call =
                    handle(
                            "tcsetattr",
                            FunctionDescriptor.of(
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.ADDRESS));
            try {
                return (int) call.invokeExact(descriptor, when, termios) == 0;
            } catch (Throwable e) {
                throw broken(e);
            }
        }

        void cfmakeraw(MemorySegment termios) {
            MethodHandle call = handle("cfmakeraw", FunctionDescriptor.ofVoid(ValueLayout.ADDRESS));
            try {
                call.invokeExact(termios);
            } catch (Throwable e) {
                throw broken(e);
            }
        }

        /** These functions throw nothing: only a wrong descriptor above could get here. */
        private static IllegalStateException broken(Throwable e) {
            return new IllegalStateException("a native call failed", e);
        }
    }
}
