package dev.unlost.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.data.Offset.offset;

import java.io.StringReader;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class BarChartTest {

    @Test
    void hasABarAndAWhiskerForEachValue() throws Exception {
        BarChart chart = new BarChart("One & other", List.of("one", "other"));
        chart.add("first", List.of(Optional.of(new Spread(2, 1, 3)), Optional.of(new Spread(4, 4, 4))));
        chart.add("second", List.of(Optional.of(new Spread(1, 1, 1)), Optional.empty()));

        Document svg = parsed(chart.svg());

        assertThat(svg.getElementsByTagName("title").item(0).getTextContent()).isEqualTo("One & other");
        // two of the rectangles are the legend's
        assertThat(svg.getElementsByTagName("rect").getLength()).isEqualTo(2 + 3);
        assertThat(classes(svg.getElementsByTagName("line")))
                .filteredOn("whisker"::equals)
                .hasSize(3);
    }

    @Test
    void isDrawnWithoutValues() throws Exception {
        assertThat(parsed(new BarChart("Nothing", List.of("one")).svg())).isNotNull();
    }

    @Test
    void refusesAGroupWithAnotherNumberOfBars() {
        BarChart chart = new BarChart("One", List.of("one"));
        assertThatIllegalArgumentException().isThrownBy(() -> chart.add("first", List.of()));
    }

    @ParameterizedTest
    @CsvSource({"4, 1", "5, 1", "6, 2", "37, 10", "0.09, 0.02", "1234, 500"})
    void stepsAreRound(double most, double step) {
        assertThat(BarChart.step(most)).isCloseTo(step, offset(1e-9));
    }

    @Test
    void longNamesAreBrokenBetweenWords() {
        assertThat(BarChart.lines("conditional update, of a hundred records"))
                .containsExactly("conditional", "update, of a", "hundred records");
    }

    private static List<String> classes(NodeList elements) {
        return IntStream.range(0, elements.getLength())
                .mapToObj(i ->
                        elements.item(i).getAttributes().getNamedItem("class").getTextContent())
                .toList();
    }

    private static Document parsed(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }
}
