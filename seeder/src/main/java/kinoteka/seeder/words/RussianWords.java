package kinoteka.seeder.words;

import java.util.List;
import java.util.stream.Stream;

/** Russian words for film titles, with their grammatical forms. Datafaker has Russian names and towns, but no such words. */
final class RussianWords {

    /** A noun in the two cases that occur in titles. */
    record Noun(String nominative, String genitive, Gender gender) {}

    /** The nominative of an adjective in three genders. */
    record Adjective(String masculine, String feminine, String neuter) {

        String agreeingWith(Noun noun) {
            return switch (noun.gender()) {
                case M -> masculine;
                case F -> feminine;
                case N -> neuter;
            };
        }
    }

    /** Masculine, feminine and neuter. */
    enum Gender {
        M,
        F,
        N
    }

    static final List<Noun> NOUNS = Stream.of(
                    "берег берега M, ветер ветра M, город города M, остров острова M, дом дома M, поезд поезда M",
                    "снег снега M, сад сада M, лес леса M, мост моста M, корабль корабля M, огонь огня M",
                    "свидетель свидетеля M, вальс вальса M, капитан капитана M, рассвет рассвета M, свет света M",
                    "дорога дороги F, ночь ночи F, зима зимы F, весна весны F, звезда звезды F, река реки F",
                    "песня песни F, тайна тайны F, тень тени F, гроза грозы F, любовь любви F, память памяти F",
                    "надежда надежды F, планета планеты F, встреча встречи F, степь степи F, тишина тишины F",
                    "лето лета N, море моря N, небо неба N, солнце солнца N, окно окна N, письмо письма N",
                    "зеркало зеркала N, сердце сердца N, озеро озера N, возвращение возвращения N, утро утра N")
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

    private static Noun noun(String line) {
        String[] forms = line.split(" ", 3);
        return new Noun(forms[0], forms[1], Gender.valueOf(forms[2]));
    }

    private static Adjective adjective(String line) {
        String[] forms = line.split(" ", 3);
        return new Adjective(forms[0], forms[1], forms[2]);
    }
}
