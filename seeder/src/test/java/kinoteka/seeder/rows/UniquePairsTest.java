package kinoteka.seeder.rows;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UniquePairsTest {

    @ParameterizedTest
    @CsvSource({"1000, 300, 500", "402, 13, 224", "45, 9, 224", "100, 100, 10", "1, 1, 1", "7, 1, 7", "49, 49, 7"})
    void neverRepeatsAPair(int wanted, int items, int customers) {
        UniquePairs pairs = new UniquePairs(wanted, items, customers);

        assertThat(all(pairs))
                .hasSize(wanted)
                .doesNotHaveDuplicates()
                .allMatch(pair -> pair.getFirst() >= 0 && pair.getFirst() < items)
                .allMatch(pair -> pair.getLast() >= 0 && pair.getLast() < customers);
    }

    @ParameterizedTest
    @CsvSource({"1000, 1, 1, 1", "1000, 3, 5, 5", "1000, 100, 3, 30", "50, 9, 4, 12"})
    void hasFewerPairsIfThereAreTooFewItemsAndCustomers(int wanted, int items, int customers, int count) {
        assertThat(all(new UniquePairs(wanted, items, customers)))
                .hasSize(count)
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({"1000, 100, 500"})
    void prefersTheFirstItems(int wanted, int items, int customers) {
        UniquePairs pairs = new UniquePairs(wanted, items, customers);

        assertThat(all(pairs)).filteredOn(pair -> pair.getFirst() == 0).hasSize(100);
        assertThat(all(pairs)).filteredOn(pair -> pair.getFirst() < 25).hasSize(500);
        assertThat(all(pairs)).extracting(List::getFirst).contains(99);
    }

    private static List<List<Integer>> all(UniquePairs pairs) {
        return IntStream.range(0, pairs.count())
                .mapToObj(pair -> List.of(pairs.item(pair), pairs.customer(pair)))
                .toList();
    }
}
