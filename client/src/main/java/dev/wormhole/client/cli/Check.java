package dev.wormhole.client.cli;

import org.jspecify.annotations.Nullable;

import java.util.Locale;

/**
 * One finding of {@code doctor}.
 *
 * <p>Immutable.
 *
 * @param found what was seen
 * @param remedy what to do; null where nothing is to be done
 */
record Check(String name, Verdict verdict, String found, @Nullable String remedy) {

    /** How bad it is. */
    enum Verdict {
        OK,
        /** Something does not work as well as it could. */
        WARN,
        /** Something does not work. */
        FAIL;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Check ok(String name, String found) {
        return new Check(name, Verdict.OK, found, null);
    }

    static Check warn(String name, String found, String remedy) {
        return new Check(name, Verdict.WARN, found, remedy);
    }

    static Check fail(String name, String found, String remedy) {
        return new Check(name, Verdict.FAIL, found, remedy);
    }
}
