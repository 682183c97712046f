package dev.wormhole.client.attach;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.terminal.Modifiers;
import dev.wormhole.terminal.MouseEncoder;
import dev.wormhole.terminal.MouseEvent;
import dev.wormhole.terminal.MouseEvent.Action;
import dev.wormhole.terminal.MouseEvent.Button;
import dev.wormhole.terminal.MouseFormat;
import dev.wormhole.terminal.MouseModes;
import dev.wormhole.terminal.screen.Screen;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Translates the mouse reports among typed bytes, from the places of a painted terminal (in the SGR
 * format, as {@link OuterModes} asks for) to those of the session's screen, in the format that its
 * program asked for. Everything else passes.
 *
 * <p>Owned by the attach thread.
 */
final class MouseInput {

    private static final Pattern REPORT =
            Pattern.compile("\u001b\\[<(\\d{1,5});(\\d{1,5});(\\d{1,5})([Mm])");

    /** The beginning of a report at the end of what was read. */
    private static final Pattern BEGINNING = Pattern.compile("\u001b\\[<[\\d;]{0,17}\\z");

    private static final int MOTION = 32;

    private String held = "";

    /**
     * @param viewport what is painted of the screen
     */
    ByteString translate(ByteString typed, Screen screen, Viewport viewport) {
        // One char for each byte.
        String text = held + new String(typed.toArray(), StandardCharsets.ISO_8859_1);
        Matcher beginning = BEGINNING.matcher(text);
        int end = beginning.find() ? beginning.start() : text.length();
        held = text.substring(end);
        var out = new ByteArrayOutputStream();
        Matcher report = REPORT.matcher(text).region(0, end);
        int done = 0;
        while (report.find()) {
            pass(out, text, done, report.start());
            out.writeBytes(translated(report, screen, viewport));
            done = report.end();
        }
        pass(out, text, done, end);
        return ByteString.copyOf(out.toByteArray());
    }

    /** What was held back is no report any more: reports come in another way from now on. */
    void forget() {
        held = "";
    }

    private static void pass(ByteArrayOutputStream out, String text, int from, int to) {
        out.writeBytes(text.substring(from, to).getBytes(StandardCharsets.ISO_8859_1));
    }

    private static byte[] translated(Matcher report, Screen screen, Viewport viewport) {
        MouseModes modes = screen.mouseModes();
        int code = Integer.parseInt(report.group(1));
        int column = Integer.parseInt(report.group(2)) - 1 + viewport.column();
        int row = Integer.parseInt(report.group(3)) - 1 + viewport.row();
        boolean released = report.group(4).equals("m");
        Button button = button(code & ~(4 | 8 | 16 | MOTION));
        boolean moved = (code & MOTION) != 0;
        boolean isInside =
                column >= 0
                        && column < screen.columns()
                        && row >= 0
                        && row < screen.rows()
                        && viewport.shows(column, row);
        // A drag that ends outside has to end; nothing else that happens there is the program's.
        boolean isKept = isInside || (released && button != Button.NONE);
        // Nobody knows how many pixels a cell of this terminal has.
        if (button == null || !isKept || modes.format() == MouseFormat.SGR_PIXELS)
            return new byte[0];
        if (button == Button.NONE && !moved) return new byte[0];
        Action action = moved ? Action.MOVE : released ? Action.RELEASE : Action.PRESS;
        var held = Modifiers.of((code & 4) != 0, (code & 8) != 0, (code & 16) != 0, false);
        return MouseEncoder.encode(
                new MouseEvent(
                        button,
                        action,
                        held,
                        Math.clamp(column, 0, screen.columns() - 1),
                        Math.clamp(row, 0, screen.rows() - 1)),
                modes);
    }

    private static @Nullable Button button(int code) {
        return switch (code) {
            case 0 -> Button.LEFT;
            case 1 -> Button.MIDDLE;
            case 2 -> Button.RIGHT;
            case 3 -> Button.NONE;
            case 64 -> Button.WHEEL_UP;
            case 65 -> Button.WHEEL_DOWN;
            case 66 -> Button.WHEEL_LEFT;
            case 67 -> Button.WHEEL_RIGHT;
            case 128 -> Button.BACK;
            case 129 -> Button.FORWARD;
            default -> null;
        };
    }
}
