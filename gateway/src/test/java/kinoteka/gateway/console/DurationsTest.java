package kinoteka.gateway.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.prometheus.metrics.core.metrics.Histogram;
import org.junit.jupiter.api.Test;

class DurationsTest {

    @Test
    void quantilesAreThoseOfTheObservations() {
        var histogram = Histogram.builder().name("durations").build();
        for (int i = 1; i <= 1000; i++) {
            histogram.observe(i / 1000.0);
        }

        var durations = durations(histogram);
        assertThat(durations.count()).isEqualTo(1000);
        assertThat(durations.quantile(0.5)).isCloseTo(0.5, within(0.05));
        assertThat(durations.quantile(0.99)).isCloseTo(0.99, within(0.1));
    }

    @Test
    void aDifferenceContainsOnlyWhatWasCountedInBetween() {
        var histogram = Histogram.builder().name("durations").build();
        histogram.observe(5);
        var earlier = durations(histogram);
        histogram.observe(0.001);
        histogram.observe(0.001);

        var difference = durations(histogram).minus(earlier);
        assertThat(difference.count()).isEqualTo(2);
        assertThat(difference.quantile(1)).isCloseTo(0.001, within(0.0001));
    }

    @Test
    void countsOfDifferentResolutionsAreAddedAtTheLowerOne() {
        var fine = Histogram.builder().name("fine").nativeInitialSchema(8).build();
        var coarse = Histogram.builder().name("coarse").nativeInitialSchema(2).build();
        fine.observe(0.1);
        coarse.observe(0.1);

        var sum = durations(fine).plus(durations(coarse));
        assertThat(sum.schema()).isEqualTo(2);
        assertThat(sum.buckets()).hasSize(1).containsValue(2L);
    }

    @Test
    void withoutObservationsThereIsNoQuantile() {
        assertThat(Durations.NONE.quantile(0.5)).isNaN();
    }

    private static Durations durations(Histogram histogram) {
        return Durations.of(histogram.collect().getDataPoints().getFirst());
    }
}
