package dev.wormhole.terminal.text;

import org.jspecify.annotations.Nullable;

/**
 * A set of characters that a program can designate as G0 to G3, and what it makes of a byte
 * (ctlseqs, "Designate G0 Character Set").
 *
 * <p>Immutable.
 */
public final class CharacterSet {

    static final int FIRST = 0x20;

    /** A space, 94 characters, and DEL; or 96 characters. */
    static final int LENGTH = 96;

    public static final CharacterSet ASCII = new CharacterSet('B', false, ascii());

    private final int id;
    private final boolean is96;
    private final char[] characters;

    CharacterSet(int id, boolean is96, char[] characters) {
        if (characters.length != LENGTH) {
            throw new IllegalArgumentException("characters: " + characters.length);
        }
        this.id = id;
        this.is96 = is96;
        this.characters = characters.clone();
    }

    /**
     * The set with this name, null when there is none.
     *
     * @param id the bytes after the one that chooses G0 to G3, {@code intermediates << 8 | final}:
     *     {@code 'B'} for {@code ESC ( B}, {@code '%' << 8 | '5'} for {@code ESC ( % 5}
     * @param is96 whether the byte that chooses is {@code - . /}, not {@code ( ) * +}
     */
    public static @Nullable CharacterSet of(int id, boolean is96) {
        return CharacterSets.find(id, is96);
    }

    static char[] ascii() {
        var characters = new char[LENGTH];
        for (int i = 0; i < LENGTH; i++) characters[i] = (char) (FIRST + i);
        return characters;
    }

    /** The name to designate it by; of several the first. */
    public int id() {
        return id;
    }

    public boolean is96() {
        return is96;
    }

    /**
     * The code point that a byte shows.
     *
     * @param ascii 0x20 to 0x7f; a set of 94 has space and DEL at the ends
     */
    public int map(int ascii) {
        return characters[ascii - FIRST];
    }

    @Override
    public String toString() {
        return (is96 ? "96-set " : "94-set ") + Integer.toHexString(id);
    }
}
