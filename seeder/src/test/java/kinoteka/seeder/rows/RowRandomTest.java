package kinoteka.seeder.rows;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RowRandomTest {

    @Test
    void drawsDistinctIndexes() {
        for (long id = 1; id <= 1_000; id++) {
            assertThat(Arrays.stream(new RowRandom(7, "several", id).distinctBelow(5, 4))
                            .boxed())
                    .doesNotHaveDuplicates()
                    .isSubsetOf(0, 1, 2, 3, 4);
        }
        assertThat(new RowRandom(7, "several", 1).distinctBelow(5, 5)).containsExactlyInAnyOrder(0, 1, 2, 3, 4);
    }

    @Test
    void drawsEveryIndexWithTheSameProbability() {
        int[] drawn = LongStream.rangeClosed(1, 5_000)
                .mapToObj(id -> new RowRandom(7, "several", id).distinctBelow(10, 2))
                .flatMapToInt(Arrays::stream)
                .toArray();

        assertThat(IntStream.range(0, 10)
                        .mapToLong(index ->
                                Arrays.stream(drawn).filter(one -> one == index).count()))
                .allMatch(times -> times > 900 && times < 1_100);
    }
}
