package dev.wormhole.terminal;

import dev.wormhole.terminal.KeyStroke.Action;
import dev.wormhole.terminal.KeyStroke.Codes;

/**
 * What a key stroke sends in the kitty keyboard protocol
 * (https://sw.kovidgoyal.net/kitty/keyboard-protocol), whose section titles the comments name.
 * Where its text leaves a choice this does what kitty does.
 *
 * <p>Pure.
 */
final class KittyKeys {

    // "Progressive enhancement".
    private static final int DISAMBIGUATE = 1;
    private static final int EVENT_TYPES = 2;
    private static final int ALTERNATES = 4;
    private static final int ALL_KEYS = 8;
    private static final int TEXT = 16;

    private static final byte[] NOTHING = new byte[0];

    private KittyKeys() {}

    static byte[] encode(KeyStroke stroke, KeyModes modes) {
        int flags = modes.kittyFlags();
        boolean isRelease = stroke.action() == Action.RELEASE;
        // "Report event types": without it a repeat is a press.
        if (isRelease && (flags & EVENT_TYPES) == 0) return NOTHING;
        return switch (stroke) {
            case KeyStroke.Named named -> named(named, modes);
            case KeyStroke.Text text -> text(text, modes);
        };
    }

    private static byte[] named(KeyStroke.Named stroke, KeyModes modes) {
        int flags = modes.kittyFlags();
        boolean all = (flags & ALL_KEYS) != 0;
        boolean tellsApart = (flags & (DISAMBIGUATE | ALL_KEYS)) != 0;
        // "Legacy functional keys": keypad keys are their namesakes.
        Key key = tellsApart ? stroke.key() : KittyCodes.namesake(stroke.key());
        if (key.isModifier() && !all) return NOTHING;
        String typed = KittyCodes.keypadText(key);
        if (!typed.isEmpty() && !tellsApart) return text(keypad(stroke, typed), modes);
        boolean types = !typed.isEmpty() && KittyCodes.types(key, stroke.modifiers());
        boolean isRelease = stroke.action() == Action.RELEASE;
        // "Disambiguate escape codes": keypad keys that type text are text.
        if (types && !all && !isRelease) return utf8(typed);
        // None of these flags: the legacy encoding.
        if ((flags & (DISAMBIGUATE | EVENT_TYPES | ALL_KEYS)) == 0) {
            return KeyEncoder.legacy(stroke, modes);
        }
        if (!all && isLifeline(key)) {
            // They work in a shell after a program died in this mode, and have no release.
            if (isRelease) return NOTHING;
            if (!stroke.modifiers().isAnyHeld()) {
                return LegacyKeys.named(key, Modifiers.NONE, modes);
            }
        }
        if (key == Key.ESCAPE && !tellsApart && isPlainPress(stroke)) {
            return LegacyKeys.named(key, Modifiers.NONE, modes);
        }
        var form = new KittyForm(KittyCodes.code(key));
        form.modifiers(stroke.modifiers().kittyParameter());
        if ((flags & EVENT_TYPES) != 0) form.action(stroke.action());
        if (types && !isRelease && (flags & TEXT) != 0) form.text(typed);
        return form.bytes(KittyCodes.last(key));
    }

    private static KeyStroke.Text keypad(KeyStroke.Named stroke, String typed) {
        return new KeyStroke.Text(typed, stroke.modifiers(), stroke.action(), Codes.UNKNOWN);
    }

    private static boolean isLifeline(Key key) {
        return key == Key.ENTER || key == Key.TAB || key == Key.BACKSPACE;
    }

    private static boolean isPlainPress(KeyStroke stroke) {
        return stroke.action() == Action.PRESS && !stroke.modifiers().isAnyHeld();
    }

    private static byte[] text(KeyStroke.Text stroke, KeyModes modes) {
        int flags = modes.kittyFlags();
        boolean all = (flags & ALL_KEYS) != 0;
        boolean isRelease = stroke.action() == Action.RELEASE;
        Modifiers modifiers = stroke.modifiers();
        boolean types = modifiers.leavesText() && !stroke.text().isEmpty() && !isRelease;
        // "Report all keys": without it text is sent as text, repeats too.
        if (types && !all) return utf8(stroke.text());

        int key = key(stroke);
        String told = types && (flags & TEXT) != 0 ? withoutControls(stroke.text()) : "";
        // An input method's text without a key could only be lost.
        if (key == 0 && told.isEmpty()) {
            return isRelease ? NOTHING : KeyEncoder.legacy(stroke, modes);
        }
        var form = new KittyForm(key);
        form.modifiers(modifiers.kittyParameter());
        if ((flags & EVENT_TYPES) != 0) form.action(stroke.action());
        if ((flags & ALTERNATES) != 0) form.alternates(shifted(stroke, key), base(stroke, key));
        form.text(told);
        boolean isAsked = (flags & (DISAMBIGUATE | ALL_KEYS)) != 0;
        // Only what the legacy encoding cannot say is said otherwise.
        if (!isAsked && form.isPlain()) return KeyEncoder.legacy(stroke, modes);
        return form.bytes('u');
    }

    /** "Key codes": always the code of the key without Shift; 0 when none is known. */
    private static int key(KeyStroke.Text stroke) {
        if (stroke.codes().key() != 0) return stroke.codes().key();
        int typed = single(stroke.text());
        return Character.isISOControl(typed) ? 0 : Character.toLowerCase(typed);
    }

    /** "The shifted key must be present only if shift is also present in the modifiers." */
    private static int shifted(KeyStroke.Text stroke, int key) {
        if (!stroke.modifiers().shift()) return 0;
        if (stroke.codes().shifted() != 0) return stroke.codes().shifted();
        int typed = single(stroke.text());
        return typed == key ? 0 : typed;
    }

    private static int base(KeyStroke.Text stroke, int key) {
        int base = stroke.codes().base();
        return base == key ? 0 : base;
    }

    /** "The associated text must not contain control codes", and half a character is none. */
    private static String withoutControls(String text) {
        var kept = new StringBuilder();
        text.codePoints()
                .filter(c -> !Character.isISOControl(c) && !LegacyKeys.isSurrogate(c))
                .forEach(kept::appendCodePoint);
        return kept.toString();
    }

    /** The only code point of the text, or 0. */
    private static int single(String text) {
        boolean isSingle = !text.isEmpty() && text.codePointCount(0, text.length()) == 1;
        int codePoint = isSingle ? text.codePointAt(0) : 0;
        return LegacyKeys.isSurrogate(codePoint) ? 0 : codePoint;
    }

    private static byte[] utf8(String text) {
        return LegacyKeys.utf8(text);
    }
}
