package kinoteka.seeder.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DiceTest {

    @Test
    void drawsSeveralWithoutDrawingOneTwice() {
        for (long id = 1; id <= 1_000; id++) {
            assertThat(Arrays.stream(new Dice(7, "several", id).several(4, 5)).boxed())
                    .doesNotHaveDuplicates()
                    .isSubsetOf(0, 1, 2, 3, 4);
        }
        assertThat(new Dice(7, "several", 1).several(5, 5)).containsExactlyInAnyOrder(0, 1, 2, 3, 4);
    }

    @Test
    void drawsEveryOneOfThemAboutAsOften() {
        int[] drawn = LongStream.rangeClosed(1, 5_000)
                .mapToObj(id -> new Dice(7, "several", id).several(2, 10))
                .flatMapToInt(Arrays::stream)
                .toArray();

        assertThat(IntStream.range(0, 10)
                        .mapToLong(index ->
                                Arrays.stream(drawn).filter(one -> one == index).count()))
                .allMatch(times -> times > 900 && times < 1_100);
    }
}
