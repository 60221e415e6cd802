package dev.unlost.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unlost.benchmarks.report.Figures.Cell;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FiguresTest {

    private static final Cell ONE = new Cell("one", "read", 8);
    private static final Cell OTHER = new Cell("other", "read", 8);

    @Test
    void whatIsComparedIsOfOneRound() {
        Figures figures = new Figures(List.of(
                figure("one", 8, 1, 10),
                figure("other", 8, 1, 5),
                figure("one", 8, 2, 40),
                figure("other", 8, 2, 10),
                figure("one", 8, 3, 90),
                figure("other", 16, 3, 1)));

        assertThat(figures.ratio(ONE, Figure.PER_SECOND, OTHER, Figure.PER_SECOND))
                .contains(new Spread(3, 2, 4));
    }

    @Test
    void whatWasNotMeasuredHasNoFigure() {
        Figures figures = new Figures(List.of(figure("one", 8, 1, 10)));

        assertThat(figures.spread(ONE, Figure.P50)).isEmpty();
        assertThat(figures.spread(OTHER, Figure.PER_SECOND)).isEmpty();
        assertThat(figures.ratio(ONE, Figure.PER_SECOND, OTHER, Figure.PER_SECOND))
                .isEmpty();
    }

    private static Figure figure(String subject, int clients, int round, double perSecond) {
        return new Figure(subject, "read", clients, round, Map.of(Figure.PER_SECOND, perSecond));
    }
}
