package dev.wormhole.app.dialog;

import dev.wormhole.protocol.Limits;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long a task may run, as people write it: {@code 90 s}, {@code 30}, {@code 1.5 h}. Pure. */
final class TimeLimit {

    private static final Pattern FORM =
            Pattern.compile("(\\d{1,9}(?:[.,]\\d{1,6})?)\\s*([\\p{L}]*)");

    private static final BigDecimal SECOND = BigDecimal.valueOf(1000);
    private static final BigDecimal MINUTE = BigDecimal.valueOf(60_000);
    private static final BigDecimal HOUR = BigDecimal.valueOf(3_600_000);
    private static final BigDecimal DAY = BigDecimal.valueOf(86_400_000);

    private TimeLimit() {}

    /**
     * Milliseconds; null for nothing: no limit. A number alone counts minutes.
     *
     * @throws IllegalArgumentException with a sentence for the person
     */
    static @Nullable Long parse(String text) {
        String words = text.strip().toLowerCase(Locale.ROOT);
        if (words.isEmpty()) return null;
        Matcher form = FORM.matcher(words);
        if (!form.matches()) throw new IllegalArgumentException(HOW);
        BigDecimal unit = unit(String.valueOf(form.group(2)));
        BigInteger millis =
                new BigDecimal(String.valueOf(form.group(1)).replace(',', '.'))
                        .multiply(unit)
                        .setScale(0, RoundingMode.HALF_UP)
                        .toBigInteger();
        if (millis.signum() == 0)
            throw new IllegalArgumentException("The time limit is more than nothing.");
        if (millis.compareTo(BigInteger.valueOf(Limits.TASK_MILLIS)) > 0)
            throw new IllegalArgumentException("The time limit is a year at most.");
        return millis.longValueExact();
    }

    private static final String HOW =
            "The time limit is written like 90 s, 30 min or 2 h; nothing means none.";

    private static BigDecimal unit(String word) {
        return switch (word) {
            case "s", "sec", "second", "seconds" -> SECOND;
            case "", "m", "min", "minute", "minutes" -> MINUTE;
            case "h", "hour", "hours" -> HOUR;
            case "d", "day", "days" -> DAY;
            default -> throw new IllegalArgumentException(HOW);
        };
    }
}
