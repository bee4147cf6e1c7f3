package kinoteka.seeder.words;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kinoteka.seeder.rows.RowRandom;

/** Combines phrases to texts about films and people. */
public final class TextGenerator {

    private final Names names;

    public TextGenerator(Names names) {
        this.names = names;
    }

    public String synopsis(Language language, RowRandom random) {
        Phrases phrases = phrases(language);
        return join(List.of(random.pick(phrases.beginnings()), random.pick(phrases.endings())), language, random);
    }

    public String headline(Language language, RowRandom random) {
        return join(List.of(random.pick(phrases(language).headlines())), language, random);
    }

    /** Returns several paragraphs. */
    public String article(Language language, RowRandom random) {
        return Stream.generate(() -> synopsis(language, random) + " "
                        + sentences(phrases(language).remarks(), 3, language, random))
                .limit(random.between(2, 5))
                .collect(Collectors.joining("\n\n"));
    }

    public String comment(Language language, RowRandom random) {
        return sentences(phrases(language).remarks(), random.between(1, 3), language, random);
    }

    public String reply(Language language, RowRandom random) {
        return sentences(phrases(language).replies(), 1, language, random);
    }

    /** Describes a person who makes films. */
    public String biography(Language language, RowRandom random) {
        return sentences(phrases(language).biographies(), random.between(2, 3), language, random);
    }

    /** Describes a customer in the customer's own words. */
    public String selfDescription(Language language, RowRandom random) {
        return sentences(phrases(language).selfDescriptions(), random.between(1, 2), language, random);
    }

    private String sentences(List<String> phrases, int count, Language language, RowRandom random) {
        List<String> drawn = Arrays.stream(random.distinctBelow(phrases.size(), count))
                .mapToObj(phrases::get)
                .toList();
        return join(drawn, language, random);
    }

    private String join(List<String> sentences, Language language, RowRandom random) {
        return sentences.stream()
                .map(sentence -> replacePlaceholders(sentence, language, random))
                .collect(Collectors.joining(" "));
    }

    private String replacePlaceholders(String sentence, Language language, RowRandom random) {
        return sentence.indexOf('{') < 0
                ? sentence
                : sentence.replace("{hero}", names.fullName(language, random).toString())
                        .replace("{town}", names.town(language, random));
    }

    private static Phrases phrases(Language language) {
        return switch (language) {
            case RUSSIAN -> Phrases.RUSSIAN;
            case ENGLISH -> Phrases.ENGLISH;
        };
    }
}
