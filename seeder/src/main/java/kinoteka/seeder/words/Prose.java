package kinoteka.seeder.words;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is written about films and people, in sentences. */
public final class Prose {

    private final People people;

    public Prose(People people) {
        this.people = people;
    }

    public String synopsis(Language language, Dice dice) {
        Phrases phrases = phrases(language);
        return written(List.of(dice.oneOf(phrases.beginnings()), dice.oneOf(phrases.endings())), language, dice);
    }

    public String headline(Language language, Dice dice) {
        return written(List.of(dice.oneOf(phrases(language).headlines())), language, dice);
    }

    /** Some paragraphs. */
    public String article(Language language, Dice dice) {
        return Stream.generate(() ->
                        synopsis(language, dice) + " " + some(phrases(language).remarks(), 3, language, dice))
                .limit(dice.between(2, 5))
                .collect(Collectors.joining("\n\n"));
    }

    public String comment(Language language, Dice dice) {
        return some(phrases(language).remarks(), dice.between(1, 3), language, dice);
    }

    public String answer(Language language, Dice dice) {
        return some(phrases(language).answers(), 1, language, dice);
    }

    /** Of one who makes films. */
    public String life(Language language, Dice dice) {
        return some(phrases(language).lives(), dice.between(2, 3), language, dice);
    }

    /** Of one who watches them. */
    public String taste(Language language, Dice dice) {
        return some(phrases(language).tastes(), dice.between(1, 2), language, dice);
    }

    private String some(List<String> phrases, int sentences, Language language, Dice dice) {
        List<String> drawn = Arrays.stream(dice.several(sentences, phrases.size()))
                .mapToObj(phrases::get)
                .toList();
        return written(drawn, language, dice);
    }

    private String written(List<String> sentences, Language language, Dice dice) {
        return sentences.stream()
                .map(sentence -> filledIn(sentence, language, dice))
                .collect(Collectors.joining(" "));
    }

    private String filledIn(String sentence, Language language, Dice dice) {
        return sentence.indexOf('{') < 0
                ? sentence
                : sentence.replace("{hero}", people.person(language, dice).toString())
                        .replace("{town}", people.town(language, dice));
    }

    private static Phrases phrases(Language language) {
        return switch (language) {
            case RUSSIAN -> Phrases.RUSSIAN;
            case ENGLISH -> Phrases.ENGLISH;
        };
    }
}
