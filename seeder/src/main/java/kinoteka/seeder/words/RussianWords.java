package kinoteka.seeder.words;

import java.util.List;
import java.util.stream.Stream;

/** Russian words that make film titles. Datafaker knows Russian names and towns, but no words that would agree. */
final class RussianWords {

    /** A noun with what a title needs of its grammar. */
    record Noun(String nominative, String genitive, Gender gender) {}

    /** An adjective in its three genders. */
    record Adjective(String masculine, String feminine, String neuter) {

        String agreeingWith(Noun noun) {
            return switch (noun.gender()) {
                case HE -> masculine;
                case SHE -> feminine;
                case IT -> neuter;
            };
        }
    }

    enum Gender {
        HE,
        SHE,
        IT
    }

    static final List<Noun> NOUNS = Stream.of(
                    "берег берега HE, ветер ветра HE, город города HE, остров острова HE, дом дома HE, поезд поезда HE",
                    "снег снега HE, сад сада HE, лес леса HE, мост моста HE, корабль корабля HE, огонь огня HE",
                    "свидетель свидетеля HE, вальс вальса HE, капитан капитана HE, рассвет рассвета HE, свет света HE",
                    "дорога дороги SHE, ночь ночи SHE, зима зимы SHE, весна весны SHE, звезда звезды SHE, река реки SHE",
                    "песня песни SHE, тайна тайны SHE, тень тени SHE, гроза грозы SHE, любовь любви SHE, память памяти SHE",
                    "надежда надежды SHE, планета планеты SHE, встреча встречи SHE, степь степи SHE, тишина тишины SHE",
                    "лето лета IT, море моря IT, небо неба IT, солнце солнца IT, окно окна IT, письмо письма IT",
                    "зеркало зеркала IT, сердце сердца IT, озеро озера IT, возвращение возвращения IT, утро утра IT")
            .flatMap(line -> Stream.of(line.split(", ", -1)))
            .map(RussianWords::noun)
            .toList();

    static final List<Adjective> ADJECTIVES = Stream.of(
                    "белый белая белое, чёрный чёрная чёрное, тихий тихая тихое, последний последняя последнее",
                    "далёкий далёкая далёкое, первый первая первое, забытый забытая забытое, старый старая старое",
                    "новый новая новое, холодный холодная холодное, долгий долгая долгое, красный красная красное",
                    "золотой золотая золотое, северный северная северное, ночной ночная ночное, синий синяя синее",
                    "потерянный потерянная потерянное, другой другая другое, вечный вечная вечное, чужой чужая чужое",
                    "невидимый невидимая невидимое, странный странная странное, опасный опасная опасное",
                    "солнечный солнечная солнечное, горький горькая горькое, обыкновенный обыкновенная обыкновенное")
            .flatMap(line -> Stream.of(line.split(", ", -1)))
            .map(RussianWords::adjective)
            .toList();

    private RussianWords() {}

    private static Noun noun(String forms) {
        String[] form = forms.split(" ", 3);
        return new Noun(form[0], form[1], Gender.valueOf(form[2]));
    }

    private static Adjective adjective(String forms) {
        String[] form = forms.split(" ", 3);
        return new Adjective(form[0], form[1], form[2]);
    }
}
