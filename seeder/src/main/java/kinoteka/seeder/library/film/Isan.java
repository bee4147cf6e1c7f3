package kinoteka.seeder.library.film;

import java.util.HexFormat;

/** International Standard Audiovisual Numbers (ISO 15706), well-formed and of no real film. */
final class Isan {

    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final int RADIX = DIGITS.length();

    private Isan() {}

    /** The film, as its only episode, in its only version. Every id below 2^32 has its own. */
    static String of(long id) {
        // The letters F at the front are far above what was ever given to a film.
        String film = "FFFF" + HexFormat.of().withUpperCase().toHexDigits(id, 8) + "0000";
        String version = "00000000";
        return grouped(film) + "-" + checkOf(film) + "-" + grouped(version) + "-" + checkOf(film + version);
    }

    /** ISO 7064, MOD 37,36. */
    static char checkOf(String digits) {
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
