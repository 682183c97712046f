package dev.wormhole.terminal;

/**
 * The numbers and last bytes of keys with a name in the kitty keyboard protocol ("Functional key
 * definitions").
 *
 * <p>Pure.
 */
final class KittyCodes {

    private KittyCodes() {}

    /** The number of the key. */
    static int code(Key key) {
        return switch (key) {
            case ENTER, F3 -> 13;
            case TAB -> 9;
            case BACKSPACE -> 127;
            case ESCAPE -> 27;
            case UP, DOWN, RIGHT, LEFT, HOME, END, F1, F2, F4, KP_BEGIN -> 1;
            case INSERT -> 2;
            case DELETE -> 3;
            case PAGE_UP -> 5;
            case PAGE_DOWN -> 6;
            case MENU -> 57363;
            case F5 -> 15;
            case F6 -> 17;
            case F7 -> 18;
            case F8 -> 19;
            case F9 -> 20;
            case F10 -> 21;
            case F11 -> 23;
            case F12 -> 24;
            case F13 -> 57376;
            case F14 -> 57377;
            case F15 -> 57378;
            case F16 -> 57379;
            case F17 -> 57380;
            case F18 -> 57381;
            case F19 -> 57382;
            case F20 -> 57383;
            case F21 -> 57384;
            case F22 -> 57385;
            case F23 -> 57386;
            case F24 -> 57387;
            case F25 -> 57388;
            case F26 -> 57389;
            case F27 -> 57390;
            case F28 -> 57391;
            case F29 -> 57392;
            case F30 -> 57393;
            case F31 -> 57394;
            case F32 -> 57395;
            case F33 -> 57396;
            case F34 -> 57397;
            case F35 -> 57398;
            case KP_0 -> 57399;
            case KP_1 -> 57400;
            case KP_2 -> 57401;
            case KP_3 -> 57402;
            case KP_4 -> 57403;
            case KP_5 -> 57404;
            case KP_6 -> 57405;
            case KP_7 -> 57406;
            case KP_8 -> 57407;
            case KP_9 -> 57408;
            case KP_DECIMAL -> 57409;
            case KP_SEPARATOR -> 57416;
            case KP_ADD -> 57413;
            case KP_SUBTRACT -> 57412;
            case KP_MULTIPLY -> 57411;
            case KP_DIVIDE -> 57410;
            case KP_EQUAL -> 57415;
            case KP_ENTER -> 57414;
            case KP_LEFT -> 57417;
            case KP_RIGHT -> 57418;
            case KP_UP -> 57419;
            case KP_DOWN -> 57420;
            case KP_PAGE_UP -> 57421;
            case KP_PAGE_DOWN -> 57422;
            case KP_HOME -> 57423;
            case KP_END -> 57424;
            case KP_INSERT -> 57425;
            case KP_DELETE -> 57426;
            case SHIFT -> 57441;
            case CONTROL -> 57442;
            case ALT -> 57443;
            case META -> 57444;
            case HYPER -> 57445;
            case RIGHT_SHIFT -> 57447;
            case RIGHT_CONTROL -> 57448;
            case RIGHT_ALT -> 57449;
            case RIGHT_META -> 57450;
            case RIGHT_HYPER -> 57451;
            case ISO_LEVEL3_SHIFT -> 57453;
            case ISO_LEVEL5_SHIFT -> 57454;
            case CAPS_LOCK -> 57358;
            case NUM_LOCK -> 57360;
            case SCROLL_LOCK -> 57359;
            case PRINT_SCREEN -> 57361;
            case PAUSE -> 57362;
            case MEDIA_PLAY -> 57428;
            case MEDIA_PAUSE -> 57429;
            case MEDIA_PLAY_PAUSE -> 57430;
            case MEDIA_REVERSE -> 57431;
            case MEDIA_STOP -> 57432;
            case MEDIA_FAST_FORWARD -> 57433;
            case MEDIA_REWIND -> 57434;
            case MEDIA_TRACK_NEXT -> 57435;
            case MEDIA_TRACK_PREVIOUS -> 57436;
            case MEDIA_RECORD -> 57437;
            case LOWER_VOLUME -> 57438;
            case RAISE_VOLUME -> 57439;
            case MUTE_VOLUME -> 57440;
        };
    }

    /** The last byte of its escape code. */
    static char last(Key key) {
        return switch (key) {
            case UP -> 'A';
            case DOWN -> 'B';
            case RIGHT -> 'C';
            case LEFT -> 'D';
            case HOME -> 'H';
            case END -> 'F';
            case INSERT, DELETE, PAGE_UP, PAGE_DOWN, F3, F5, F6, F7, F8, F9, F10, F11, F12 -> '~';
            case F1 -> 'P';
            case F2 -> 'Q';
            case F4 -> 'S';
            case KP_BEGIN -> 'E';
            default -> 'u';
        };
    }

    /** The key that a key of the keypad repeats, or the key itself. */
    static Key namesake(Key key) {
        return switch (key) {
            case KP_ENTER -> Key.ENTER;
            case KP_LEFT -> Key.LEFT;
            case KP_RIGHT -> Key.RIGHT;
            case KP_UP -> Key.UP;
            case KP_DOWN -> Key.DOWN;
            case KP_PAGE_UP -> Key.PAGE_UP;
            case KP_PAGE_DOWN -> Key.PAGE_DOWN;
            case KP_HOME -> Key.HOME;
            case KP_END -> Key.END;
            case KP_INSERT -> Key.INSERT;
            case KP_DELETE -> Key.DELETE;
            default -> key;
        };
    }

    /** What a key of the keypad types, empty for one that types nothing. */
    static String keypadText(Key key) {
        return switch (key) {
            case KP_0 -> "0";
            case KP_1 -> "1";
            case KP_2 -> "2";
            case KP_3 -> "3";
            case KP_4 -> "4";
            case KP_5 -> "5";
            case KP_6 -> "6";
            case KP_7 -> "7";
            case KP_8 -> "8";
            case KP_9 -> "9";
            case KP_DECIMAL -> ".";
            case KP_DIVIDE -> "/";
            case KP_MULTIPLY -> "*";
            case KP_SUBTRACT -> "-";
            case KP_ADD -> "+";
            case KP_EQUAL -> "=";
            case KP_SEPARATOR -> ",";
            default -> "";
        };
    }

    /** Whether a key of the keypad types its text now: digits only do with Num Lock. */
    static boolean types(Key key, Modifiers modifiers) {
        boolean isOperator =
                switch (key) {
                    case KP_DIVIDE, KP_MULTIPLY, KP_SUBTRACT, KP_ADD, KP_EQUAL -> true;
                    default -> false;
                };
        return modifiers.leavesText() && (isOperator || modifiers.numLock());
    }
}
