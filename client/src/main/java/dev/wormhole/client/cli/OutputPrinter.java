package dev.wormhole.client.cli;

import dev.wormhole.client.attach.Passage;
import dev.wormhole.terminal.PlainText;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes a program's output to stdout: its bytes, what of them a terminal may see, or its text.
 *
 * <p>Owned by the calling thread.
 */
final class OutputPrinter {

    /** What becomes of the bytes. */
    private interface Form {

        byte[] shown(byte[] bytes);

        /** What is still to come when nothing follows, or what follows is not the next byte. */
        default byte[] rest() {
            return new byte[0];
        }

        /** What no reader sees: how the terminal is to be left. */
        default byte[] farewell() {
            return new byte[0];
        }
    }

    private final PrintStream out;
    private final Form form;
    private boolean isInLine;

    private OutputPrinter(PrintStream out, Form form) {
        this.out = out;
        this.form = form;
    }

    /** The bytes; of those, for a terminal, what makes it answer nothing. */
    static OutputPrinter ofBytes(Console console, boolean dropsEffects) {
        Form form =
                console.isLookedAt() ? new ForTerminal(new Passage(dropsEffects)) : bytes -> bytes;
        return new OutputPrinter(console.out(), form);
    }

    static OutputPrinter ofText(Console console) {
        return new OutputPrinter(console.out(), new AsText(new PlainText()));
    }

    void print(byte[] bytes) throws CliException {
        write(form.shown(bytes));
    }

    /** So many bytes are not there: said on a line of its own. */
    void gap(long bytes) throws CliException {
        finish();
        String line = "[" + Words.count(bytes, "byte") + " not kept]\n";
        write(((isInLine ? "\n" : "") + line).getBytes(StandardCharsets.UTF_8));
    }

    /** Nothing follows. */
    void finish() throws CliException {
        write(form.rest());
        out.writeBytes(form.farewell());
        check();
    }

    private void write(byte[] bytes) throws CliException {
        if (bytes.length == 0) return;
        out.writeBytes(bytes);
        isInLine = bytes[bytes.length - 1] != '\n';
        check();
    }

    /** Also flushes. A print stream keeps quiet about a pipe that nobody reads. */
    private void check() throws CliException {
        if (out.checkError()) throw CliException.failed("stdout takes no more");
    }

    private record ForTerminal(Passage passage) implements Form {

        @Override
        public byte[] shown(byte[] bytes) {
            return passage.pass(bytes);
        }

        @Override
        public byte[] farewell() {
            return passage.takeBack();
        }
    }

    private record AsText(PlainText text) implements Form {

        @Override
        public byte[] shown(byte[] bytes) {
            return text.feed(bytes, 0, bytes.length).getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public byte[] rest() {
            return text.finish().getBytes(StandardCharsets.UTF_8);
        }
    }
}
