package kinoteka.seeder.library.film;

import java.util.HexFormat;

/** International Standard Audiovisual Numbers (ISO 15706) that are well-formed and do not belong to real films. */
final class Isan {

    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final int RADIX = DIGITS.length();

    private Isan() {}

    /** Returns the number of a film without episodes and versions. Ids below 2^32 have different numbers. */
    static String of(long id) {
        // The leading digits FFFF are far above those that were ever assigned to a film.
        String root = "FFFF" + HexFormat.of().withUpperCase().toHexDigits(id, 8) + "0000";
        String version = "00000000";
        return grouped(root) + "-" + checkDigit(root) + "-" + grouped(version) + "-" + checkDigit(root + version);
    }

    /** Computes a check digit according to ISO 7064, MOD 37,36. */
    static char checkDigit(String digits) {
        int remainder = RADIX;
        for (int place = 0; place < digits.length(); place++) {
            remainder += Character.digit(digits.charAt(place), RADIX);
            remainder = (remainder % RADIX == 0 ? RADIX : remainder % RADIX) * 2 % (RADIX + 1);
        }
        return DIGITS.charAt((RADIX + 1 - remainder) % RADIX);
    }

    private static String grouped(String digits) {
        return String.join("-", digits.split("(?<=\\G.{4})"));
    }
}
