package dev.wormhole.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.wormhole.terminal.MouseEvent.Action;
import dev.wormhole.terminal.MouseEvent.Button;

import org.junit.jupiter.api.Test;

class MouseEncoderTest {

    private static byte[] bytes(
            MouseTracking tracking,
            MouseFormat format,
            Button button,
            Action action,
            int col,
            int row) {
        var event = new MouseEvent(button, action, Modifiers.NONE, col, row);
        return MouseEncoder.encode(event, new MouseModes(tracking, format));
    }

    private static String sgr(MouseTracking tracking, Button button, Action action) {
        return new String(bytes(tracking, MouseFormat.SGR, button, action, 4, 9), ISO_8859_1);
    }

    private static String plain(MouseTracking tracking, Button button, Action action) {
        return new String(bytes(tracking, MouseFormat.DEFAULT, button, action, 0, 1), ISO_8859_1);
    }

    @Test
    void withoutTrackingNothingIsSent() {
        assertThat(sgr(MouseTracking.OFF, Button.LEFT, Action.PRESS)).isEmpty();
        assertThat(
                        MouseEncoder.encode(
                                new MouseEvent(Button.LEFT, Action.PRESS, Modifiers.NONE, 0, 0),
                                MouseModes.OFF))
                .isEmpty();
    }

    @Test
    void x10SendsPressesOfThreeButtonsWithoutModifiers() {
        assertThat(plain(MouseTracking.X10, Button.RIGHT, Action.PRESS)).isEqualTo("\033[M\"!\"");
        assertThat(plain(MouseTracking.X10, Button.LEFT, Action.RELEASE)).isEmpty();
        assertThat(plain(MouseTracking.X10, Button.LEFT, Action.MOVE)).isEmpty();
        assertThat(plain(MouseTracking.X10, Button.WHEEL_UP, Action.PRESS)).isEmpty();
        var event =
                new MouseEvent(
                        Button.LEFT, Action.PRESS, Modifiers.CTRL.plus(Modifiers.SHIFT), 0, 0);
        assertThat(
                        MouseEncoder.encode(
                                event, new MouseModes(MouseTracking.X10, MouseFormat.DEFAULT)))
                .asString(ISO_8859_1)
                .isEqualTo("\033[M !!");
    }

    @Test
    void normalTrackingSendsPressesAndReleases() {
        assertThat(plain(MouseTracking.NORMAL, Button.LEFT, Action.PRESS)).isEqualTo("\033[M !\"");
        assertThat(plain(MouseTracking.NORMAL, Button.LEFT, Action.RELEASE))
                .isEqualTo("\033[M#!\"");
        assertThat(plain(MouseTracking.NORMAL, Button.LEFT, Action.MOVE)).isEmpty();
        assertThat(plain(MouseTracking.NORMAL, Button.NONE, Action.MOVE)).isEmpty();
    }

    /** The manual's own examples: {@code @} for button 1, {@code B} for button 3. */
    @Test
    void buttonTrackingAddsDragsAndAnyTrackingAllMoves() {
        assertThat(plain(MouseTracking.BUTTON, Button.LEFT, Action.MOVE)).isEqualTo("\033[M@!\"");
        assertThat(plain(MouseTracking.BUTTON, Button.RIGHT, Action.MOVE)).isEqualTo("\033[MB!\"");
        assertThat(plain(MouseTracking.BUTTON, Button.NONE, Action.MOVE)).isEmpty();
        assertThat(plain(MouseTracking.ANY, Button.NONE, Action.MOVE)).isEqualTo("\033[MC!\"");
        assertThat(plain(MouseTracking.ANY, Button.LEFT, Action.MOVE)).isEqualTo("\033[M@!\"");
    }

    @Test
    void wheelsAndSideButtonsHaveTheirNumbersAndWheelsNoRelease() {
        assertThat(sgr(MouseTracking.NORMAL, Button.WHEEL_UP, Action.PRESS))
                .isEqualTo("\033[<64;5;10M");
        assertThat(sgr(MouseTracking.NORMAL, Button.WHEEL_DOWN, Action.PRESS))
                .isEqualTo("\033[<65;5;10M");
        assertThat(sgr(MouseTracking.NORMAL, Button.WHEEL_LEFT, Action.PRESS))
                .isEqualTo("\033[<66;5;10M");
        assertThat(sgr(MouseTracking.NORMAL, Button.WHEEL_RIGHT, Action.PRESS))
                .isEqualTo("\033[<67;5;10M");
        assertThat(sgr(MouseTracking.NORMAL, Button.WHEEL_UP, Action.RELEASE)).isEmpty();
        assertThat(sgr(MouseTracking.NORMAL, Button.BACK, Action.PRESS))
                .isEqualTo("\033[<128;5;10M");
        assertThat(sgr(MouseTracking.NORMAL, Button.FORWARD, Action.RELEASE))
                .isEqualTo("\033[<129;5;10m");
    }

    @Test
    void modifiersAddTheirBits() {
        for (int bits = 0; bits < 16; bits++) {
            var event = new MouseEvent(Button.MIDDLE, Action.PRESS, new Modifiers(bits), 0, 0);
            int shift = bits & 1;
            int meta = (bits & 2) != 0 || (bits & 8) != 0 ? 1 : 0;
            int ctrl = bits >> 2 & 1;
            assertThat(
                            MouseEncoder.encode(
                                    event, new MouseModes(MouseTracking.NORMAL, MouseFormat.SGR)))
                    .asString(ISO_8859_1)
                    .isEqualTo("\033[<" + (1 + 4 * shift + 8 * meta + 16 * ctrl) + ";1;1M");
        }
    }

    @Test
    void sgrNamesTheReleasedButtonAndUrxvtDoesNot() {
        assertThat(sgr(MouseTracking.NORMAL, Button.RIGHT, Action.RELEASE))
                .isEqualTo("\033[<2;5;10m");
        assertThat(
                        bytes(
                                MouseTracking.NORMAL,
                                MouseFormat.URXVT,
                                Button.RIGHT,
                                Action.RELEASE,
                                4,
                                9))
                .asString(ISO_8859_1)
                .isEqualTo("\033[35;5;10M");
        assertThat(
                        bytes(
                                MouseTracking.NORMAL,
                                MouseFormat.URXVT,
                                Button.RIGHT,
                                Action.PRESS,
                                1999,
                                999))
                .asString(ISO_8859_1)
                .isEqualTo("\033[34;2000;1000M");
        assertThat(
                        bytes(
                                MouseTracking.ANY,
                                MouseFormat.SGR_PIXELS,
                                Button.NONE,
                                Action.MOVE,
                                1234,
                                0))
                .asString(ISO_8859_1)
                .isEqualTo("\033[<35;1235;1M");
    }

    @Test
    void oneByteReachesColumn223AndNothingIsSentBeyond() {
        assertThat(
                        bytes(
                                MouseTracking.NORMAL,
                                MouseFormat.DEFAULT,
                                Button.LEFT,
                                Action.PRESS,
                                222,
                                0))
                .isEqualTo("\033[M \u00ff!".getBytes(ISO_8859_1));
        assertThat(
                        bytes(
                                MouseTracking.NORMAL,
                                MouseFormat.DEFAULT,
                                Button.LEFT,
                                Action.PRESS,
                                223,
                                0))
                .isEmpty();
        assertThat(
                        bytes(
                                MouseTracking.NORMAL,
                                MouseFormat.DEFAULT,
                                Button.LEFT,
                                Action.PRESS,
                                0,
                                223))
                .isEmpty();
    }

    @Test
    void utf8ReachesColumn2015() {
        assertThat(
                        bytes(
                                MouseTracking.NORMAL,
                                MouseFormat.UTF8,
                                Button.LEFT,
                                Action.PRESS,
                                94,
                                300))
                .isEqualTo("\033[M \177\u014d".getBytes(UTF_8));
        assertThat(
                        bytes(
                                MouseTracking.NORMAL,
                                MouseFormat.UTF8,
                                Button.LEFT,
                                Action.PRESS,
                                2014,
                                0))
                .isEqualTo("\033[M \u07ff!".getBytes(UTF_8));
        assertThat(
                        bytes(
                                MouseTracking.NORMAL,
                                MouseFormat.UTF8,
                                Button.LEFT,
                                Action.PRESS,
                                2015,
                                0))
                .isEmpty();
    }

    @Test
    void anEventThatCannotBeIsRefused() {
        assertThatThrownBy(() -> new MouseEvent(Button.NONE, Action.PRESS, Modifiers.NONE, 0, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new MouseEvent(Button.LEFT, Action.PRESS, Modifiers.NONE, -1, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
