package dev.wormhole.terminal;

import dev.wormhole.terminal.KeyStroke.Action;

import java.nio.charset.StandardCharsets;

/**
 * One escape code of the kitty keyboard protocol under construction: {@code CSI
 * key:shifted:base;modifiers:action;text last}, of which everything that says nothing is left out.
 *
 * <p>Owned by the call that builds it.
 */
final class KittyForm {

    private final int key;
    private int shifted;
    private int base;
    private int modifiers = 1;
    private Action action = Action.PRESS;
    private final StringBuilder text = new StringBuilder();

    KittyForm(int key) {
        this.key = key;
    }

    void alternates(int shiftedKey, int baseKey) {
        shifted = shiftedKey;
        base = baseKey;
    }

    void modifiers(int parameter) {
        modifiers = parameter;
    }

    void action(Action value) {
        action = value;
    }

    /** Text without controls. */
    void text(String typed) {
        typed.codePoints().forEach(c -> text.append(text.isEmpty() ? "" : ":").append(c));
    }

    /** Whether it says no more than the key and its modifiers. */
    boolean isPlain() {
        return action == Action.PRESS && shifted == 0 && base == 0 && text.isEmpty();
    }

    byte[] bytes(char last) {
        boolean hasModifiers = modifiers != 1 || action != Action.PRESS;
        var sequence = new StringBuilder("\033[");
        // "Functional key definitions": a 1 that nothing follows is left out.
        if (key != 1 || hasModifiers || !isPlain()) sequence.append(key);
        if (shifted != 0 || base != 0) sequence.append(':');
        if (shifted != 0) sequence.append(shifted);
        if (base != 0) sequence.append(':').append(base);
        if (hasModifiers || !text.isEmpty()) sequence.append(';');
        if (hasModifiers) sequence.append(modifiers);
        if (action != Action.PRESS) sequence.append(':').append(action.code);
        if (!text.isEmpty()) sequence.append(';').append(text);
        return sequence.append(last).toString().getBytes(StandardCharsets.US_ASCII);
    }
}
