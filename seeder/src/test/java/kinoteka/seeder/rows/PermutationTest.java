package kinoteka.seeder.rows;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PermutationTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 6, 10, 14, 97, 100, 2_310, 5_000})
    void containsEveryNumberOnceFromAnyStart(int size) {
        Permutation permutation = new Permutation(size);

        assertThat(IntStream.range(17, 17 + size).map(permutation::at).sorted().toArray())
                .isEqualTo(IntStream.range(0, size).toArray());
    }

    @ParameterizedTest
    @ValueSource(ints = {500_000_000, Integer.MAX_VALUE})
    void staysInRangeForLargeSizes(int size) {
        assertThat(new Permutation(size).at(size - 1L)).isBetween(0, size - 1);
    }
}
