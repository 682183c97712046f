package dev.wormhole.terminal.screen;

import dev.wormhole.terminal.Csi;
import dev.wormhole.terminal.Parser;
import dev.wormhole.terminal.text.CharacterSet;

import java.nio.charset.StandardCharsets;

/**
 * What each control function does: the table of the terminal language. What is not in it is
 * swallowed.
 *
 * <p>Owned by the screen's thread.
 */
final class Commands implements Parser.Handler {

    private static final int PRIVATE = '?' << 24;
    private static final int GREATER = '>' << 24;
    private static final int LESS = '<' << 24;
    private static final int EQUALS = '=' << 24;

    private final State s;
    private final Motion motion;
    private final Writer writer;
    private final Editing editing;
    private final Rectangles rectangles;
    private final ModeSwitch modes;
    private final Strings strings;
    private final Reports reports;
    private final SnapshotReader snapshots;

    Commands(State state) {
        s = state;
        motion = new Motion(state);
        writer = new Writer(state, motion);
        editing = new Editing(state);
        rectangles = new Rectangles(state);
        reports = new Reports(state, rectangles);
        modes = new ModeSwitch(state, motion, editing, reports);
        strings = new Strings(state, reports);
        snapshots = new SnapshotReader(state, writer, strings);
    }

    Reports reports() {
        return reports;
    }

    void endSnapshot() {
        snapshots.end();
    }

    @Override
    public void printAscii(byte[] bytes, int from, int to) {
        if (snapshots.takes(bytes, from, to)) return;
        writer.ascii(bytes, from, to);
    }

    @Override
    public void print(int codePoint) {
        if (snapshots.takes(codePoint)) return;
        writer.character(codePoint);
    }

    @Override
    public void execute(int control) {
        LineRecorder recorder = s.recorder;
        if (recorder != null) {
            if (control == '\n') recorder.end();
            return;
        }
        s.canJoin = false;
        switch (control) {
            case 0x07 -> {
                if (!s.restoring) s.listener.bell();
            }
            case '\b' -> motion.back(1);
            case '\t' -> motion.tab(1);
            case '\n', 0x0b, '\f' -> motion.lineFeed();
            case '\r' -> motion.carriageReturn();
            case 0x0e -> s.sets.shiftLeft(1);
            case 0x0f -> s.sets.shiftLeft(0);
            case 0x7f -> writer.delete();
            default -> {}
        }
    }

    @Override
    public void escape(int id) {
        s.canJoin = false;
        switch (id) {
            case '6' -> motion.backIndex();
            case '7' -> motion.save();
            case '8' -> motion.restore();
            case '9' -> motion.forwardIndex();
            case '=' -> s.modes.set(Mode.APPLICATION_KEYPAD, true);
            case '>' -> s.modes.set(Mode.APPLICATION_KEYPAD, false);
            case 'D' -> motion.index();
            case 'E' -> {
                motion.index();
                motion.carriageReturn();
            }
            case 'H' -> s.tabs.set(s.x);
            case 'M' -> motion.reverseIndex();
            case 'N' -> s.sets.shiftOnce(2);
            case 'O' -> s.sets.shiftOnce(3);
            case 'V' -> protect(true);
            case 'W' -> protect(false);
            case 'Z' -> reports.identify();
            case 'c' -> Resets.hard(s);
            case 'n' -> s.sets.shiftLeft(2);
            case 'o' -> s.sets.shiftLeft(3);
            case '|' -> s.sets.shiftRight(3);
            case '}' -> s.sets.shiftRight(2);
            case '~' -> s.sets.shiftRight(1);
            case '#' << 8 | '3' -> editing.lineSize(Row.DOUBLE_TOP);
            case '#' << 8 | '4' -> editing.lineSize(Row.DOUBLE_BOTTOM);
            case '#' << 8 | '5' -> editing.lineSize(Row.SINGLE);
            case '#' << 8 | '6' -> editing.lineSize(Row.DOUBLE_WIDTH);
            case '#' << 8 | '8' -> editing.align();
            default -> designate(id);
        }
    }

    /** SCS: the first intermediate is the set's place, the rest of the sequence its name. */
    private void designate(int id) {
        int first = id > 0xffff ? id >> 16 : id >> 8;
        int name = id > 0xffff ? id & 0xffff : id & 0xff;
        int g = "()*+".indexOf(first);
        boolean is96 = false;
        if (g < 0) {
            g = "-./".indexOf(first) + 1;
            is96 = true;
        }
        if (first == 0 || g < 0 || (is96 && g == 0)) return;
        CharacterSet set = CharacterSet.of(name, is96);
        if (set != null) s.sets.designate(g, set);
    }

    private void protect(boolean on) {
        if (on) s.pen.on(Style.PROTECTED);
        else s.pen.off(Style.PROTECTED);
        s.penChanged();
    }

    @Override
    public void csi(Csi csi) {
        if (csi.id() == 'm') {
            Sgr.apply(csi, s.pen);
            s.penChanged();
            return;
        }
        LineRecorder recorder = s.recorder;
        if (recorder != null) {
            switch (csi.id()) {
                case 'C' -> recorder.skip(count(csi));
                case 'X' -> editing.eraseCharacters(count(csi));
                case '"' << 8 | 'q' -> protect(csi.param(0, 0) == 1);
                default -> {}
            }
            return;
        }
        s.canJoin = false;
        switch (csi.marker()) {
            case 0 -> {
                if (csi.intermediates() == 0) plain(csi);
                else withIntermediate(csi);
            }
            case '?' -> decPrivate(csi);
            default -> marked(csi);
        }
    }

    /** The first parameter as a count: 0 and none are 1. */
    private static int count(Csi csi) {
        return Math.max(1, csi.param(0, 1));
    }

    private static int position(Csi csi, int index) {
        return Math.max(1, csi.param(index, 1)) - 1;
    }

    private void plain(Csi csi) {
        switch (csi.finalByte()) {
            case '@' -> editing.insertCharacters(count(csi));
            case 'A' -> motion.up(count(csi));
            case 'B' -> motion.down(count(csi));
            case 'C' -> motion.forward(count(csi));
            case 'D' -> motion.back(count(csi));
            case 'E' -> {
                motion.down(count(csi));
                motion.carriageReturn();
            }
            case 'F' -> {
                motion.up(count(csi));
                motion.carriageReturn();
            }
            case 'G', '`' -> motion.column(position(csi, 0));
            case 'H', 'f' -> motion.address(position(csi, 0), position(csi, 1));
            case 'I' -> motion.tab(count(csi));
            case 'J' -> editing.eraseDisplay(csi.param(0, 0), false);
            case 'K' -> editing.eraseLine(csi.param(0, 0), false);
            case 'L' -> motion.insertLines(count(csi));
            case 'M' -> motion.deleteLines(count(csi));
            case 'P' -> editing.deleteCharacters(count(csi));
            case 'S' -> motion.scrollUp(count(csi));
            case 'T' -> {
                // With more parameters it is a mouse highlight, which nobody has any more.
                if (csi.count() <= 1) motion.scrollDown(count(csi));
            }
            case '^' -> motion.scrollDown(count(csi));
            case 'X' -> editing.eraseCharacters(count(csi));
            case 'Z' -> motion.backTab(count(csi));
            case 'a' -> motion.columnBy(count(csi));
            case 'b' -> writer.repeat(count(csi));
            case 'c' -> reports.attributes(csi);
            case 'd' -> motion.row(position(csi, 0));
            case 'e' -> motion.rowBy(count(csi));
            case 'g' -> {
                if (csi.param(0, 0) == 0) s.tabs.clear(s.x);
                else if (csi.param(0, 0) == 3) s.tabs.clearAll();
            }
            case 'h' -> modes.set(csi, false, true);
            case 'l' -> modes.set(csi, false, false);
            case 'n' -> reports.status(csi);
            case 'r' -> margins(csi);
            case 's' -> {
                if (s.is(Mode.LEFT_RIGHT_MARGINS)) sideMargins(csi);
                else motion.save();
            }
            case 't' -> window(csi);
            case 'u' -> motion.restore();
            case 'x' -> reports.parameters(csi);
            default -> {}
        }
    }

    private void margins(Csi csi) {
        int top = position(csi, 0);
        int bottom = csi.param(1, 0) == 0 ? s.rows() : Math.min(csi.param(1, 0), s.rows());
        if (bottom - top < 2) return;
        s.top = top;
        s.bottom = bottom;
        motion.address(0, 0);
    }

    private void sideMargins(Csi csi) {
        int left = position(csi, 0);
        int right = csi.param(1, 0) == 0 ? s.columns() : Math.min(csi.param(1, 0), s.columns());
        if (right - left < 2) return;
        s.left = left;
        s.right = right;
        motion.address(0, 0);
    }

    private void window(Csi csi) {
        switch (csi.param(0, 0)) {
            case 22 -> strings.pushTitle(csi.param(1, 0));
            case 23 -> strings.popTitle(csi.param(1, 0));
            default -> reports.window(csi);
        }
    }

    private void withIntermediate(Csi csi) {
        switch (csi.id()) {
            case ' ' << 8 | '@' -> editing.shift(count(csi), false);
            case ' ' << 8 | 'A' -> editing.shift(count(csi), true);
            case ' ' << 8 | 'q' -> {
                if (csi.param(0, 0) <= 6) s.cursorShape = csi.param(0, 0);
            }
            case '!' << 8 | 'p' -> Resets.soft(s);
            case '"' << 8 | 'q' -> {
                if (csi.param(0, 0) <= 2) protect(csi.param(0, 0) == 1);
            }
            case '$' << 8 | 'p' -> reports.mode(csi, false);
            case '$' << 8 | 'r' -> rectangles.attributes(csi, false);
            case '$' << 8 | 't' -> rectangles.attributes(csi, true);
            case '$' << 8 | 'v' -> rectangles.copy(csi);
            case '$' << 8 | 'x' -> rectangles.fill(csi);
            case '$' << 8 | 'z' -> rectangles.erase(csi);
            case '$' << 8 | '{' -> rectangles.eraseUnprotected(csi);
            case '*' << 8 | 'x' -> {
                if (csi.param(0, 0) <= 2) s.rectangles = csi.param(0, 0) == 2;
            }
            case '*' << 8 | 'y' -> reports.checksum(csi);
            case '\'' << 8 | '}' -> {
                if (motion.isInsideRows() && motion.isInsideSides())
                    motion.shiftColumns(s.x, count(csi), true);
            }
            case '\'' << 8 | '~' -> {
                if (motion.isInsideRows() && motion.isInsideSides())
                    motion.shiftColumns(s.x, count(csi), false);
            }
            default -> {}
        }
    }

    private void decPrivate(Csi csi) {
        switch (csi.id()) {
            case PRIVATE | 'J' -> editing.eraseDisplay(csi.param(0, 0), true);
            case PRIVATE | 'K' -> editing.eraseLine(csi.param(0, 0), true);
            case PRIVATE | 'W' -> {
                if (csi.param(0, 0) == 5) s.tabs.reset();
            }
            case PRIVATE | 'h' -> modes.set(csi, true, true);
            case PRIVATE | 'l' -> modes.set(csi, true, false);
            case PRIVATE | 'm' -> reports.modifyKeys(csi);
            case PRIVATE | 'f' -> reports.formatKeys(csi);
            case PRIVATE | 'n' -> reports.privateStatus(csi);
            case PRIVATE | 'r' -> modes.restore(csi);
            case PRIVATE | 's' -> modes.save(csi);
            case PRIVATE | 'u' -> reports.keyboard();
            case PRIVATE | '$' << 8 | 'p' -> reports.mode(csi, true);
            default -> {}
        }
    }

    private void marked(Csi csi) {
        switch (csi.id()) {
            case GREATER | 'c' -> reports.secondaryAttributes(csi);
            case GREATER | 'f' -> {
                if (csi.param(0, 0) == 4) s.keyboard.formatOtherKeys = csi.param(1, 0) == 1 ? 1 : 0;
            }
            case GREATER | 'm' -> {
                if (csi.count() == 0 || csi.param(0, 0) == 4) {
                    int level = csi.param(1, 0);
                    s.keyboard.modifyOtherKeys = level <= 2 ? level : 0;
                }
            }
            case GREATER | 'n' -> {
                if (csi.param(0, 0) == 4) s.keyboard.modifyOtherKeys = 0;
            }
            case GREATER | 'q' -> reports.version(csi);
            case GREATER | 'u' -> s.keyboardStack().push(csi.param(0, 0));
            case LESS | 'u' -> s.keyboardStack().pop(count(csi));
            case EQUALS | 'c' -> reports.tertiaryAttributes(csi);
            case EQUALS | 'u' -> s.keyboardStack().set(csi.param(0, 0), csi.param(1, 1));
            default -> {}
        }
    }

    @Override
    public void osc(byte[] data, int length, boolean bell) {
        strings.osc(data, length, bell);
    }

    @Override
    public void dcs(Csi head, byte[] data, int length) {
        if (head.id() == SnapshotReader.PRIVATE) {
            snapshots.take(head, data, length);
            return;
        }
        switch (head.id()) {
            case '$' << 8 | 'q' ->
                    reports.setting(new String(data, 0, length, StandardCharsets.ISO_8859_1));
            case '+' << 8 | 'q' ->
                    reports.capabilities(new String(data, 0, length, StandardCharsets.ISO_8859_1));
            default -> {}
        }
    }
}
