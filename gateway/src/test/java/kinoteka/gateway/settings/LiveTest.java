package kinoteka.gateway.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveTest {

    private final Live<Integer> live = new Live<>(1);
    private final List<Integer> notified = new ArrayList<>();

    @Test
    void aPreparedChangeChangesNothing() {
        live.onChange(notified::add);
        var change = live.prepare(2);
        assertThat(live.get()).isEqualTo(1);
        assertThat(notified).isEmpty();

        change.run();
        assertThat(live.get()).isEqualTo(2);
        assertThat(notified).containsExactly(2);
    }

    @Test
    void aListenerMayRejectAChange() {
        live.onChange(notified::add);
        live.beforeChange(settings -> {
            throw new IllegalArgumentException("too many");
        });

        assertThatIllegalArgumentException().isThrownBy(() -> live.prepare(2)).withMessage("too many");
        assertThat(live.get()).isEqualTo(1);
        assertThat(notified).isEmpty();
    }
}
