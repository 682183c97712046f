package dev.wormhole.server.session;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** What programs print: lines, colours, pictures, and now and then anything at all. */
final class GeneratedOutput {

    private static final List<String> CONTROLS =
            List.of(
                    "\u001b[%dA",
                    "\u001b[%dB",
                    "\u001b[%dC",
                    "\u001b[%d;7H",
                    "\u001b[%dL",
                    "\u001b[%dM",
                    "\u001b[%dP",
                    "\u001b[%d@",
                    "\u001b[%dX",
                    "\u001b[%dS",
                    "\u001b[%dT",
                    "\u001b[2;%dr",
                    "\u001b[r",
                    "\u001b[J",
                    "\u001b[1K",
                    "\u001b[2J",
                    "\u001b[?1049h",
                    "\u001b[?1049l",
                    "\u001b[?7l",
                    "\u001b[?7h",
                    "\u001b[4h",
                    "\u001b[4l",
                    "\u001b7",
                    "\u001b8",
                    "\u001bH",
                    "\t",
                    "\u001bM",
                    "\u001bD",
                    "\u001b(0qqq\u001b(B",
                    "\u001b]2;title %d\u0007",
                    "\u001b]133;A\u0007",
                    "\u001b]8;;http://x/%d\u001b\\link\u001b]8;;\u001b\\",
                    "\u001b[%db",
                    "\u001bc",
                    "\u001b[3J",
                    "\u001b[?6h",
                    "\u001b[?6l",
                    "\u001b[!p",
                    "\u001b[?25l");

    private final Random random;
    private long line;

    GeneratedOutput(Random random) {
        this.random = random;
    }

    /** A piece of about this many bytes; ends anywhere. */
    byte[] next(int about) {
        var out = new ByteArrayOutputStream();
        while (out.size() < about) {
            byte[] piece = piece().getBytes(StandardCharsets.UTF_8);
            // Ends within a sequence or a character at times; the next piece does not go on with
            // it.
            int length = random.nextInt(60) == 0 ? random.nextInt(piece.length + 1) : piece.length;
            out.write(piece, 0, length);
        }
        return out.toByteArray();
    }

    private String piece() {
        return switch (random.nextInt(20)) {
            case 0 ->
                    CONTROLS.get(random.nextInt(CONTROLS.size()))
                            .replace("%d", Integer.toString(1 + random.nextInt(30)));
            case 1 -> "\u001b[%d;38;5;%dm".formatted(random.nextInt(10), random.nextInt(256));
            case 2 -> "\u001b[0m";
            case 3 -> "wide 漢字 and é and \uD83D\uDC69\u200D\uD83D\uDCBB ";
            case 4 -> "long ".repeat(random.nextInt(200)) + "\r\n";
            case 5 -> "no newline yet";
            default -> "line " + line++ + " of the output\r\n";
        };
    }
}
