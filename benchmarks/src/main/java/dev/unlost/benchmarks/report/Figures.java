package dev.unlost.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Figures, and how they compare. */
final class Figures {

    private final List<Figure> all;

    Figures(List<Figure> all) {
        this.all = all;
    }

    /** @return the works that were done, in the order in which they were */
    List<String> works() {
        return all.stream().map(Figure::work).distinct().toList();
    }

    /** @return whose figures of that work there are, in the order in which they came */
    List<String> subjects(String work) {
        return all.stream()
                .filter(figure -> figure.work().equals(work))
                .map(Figure::subject)
                .distinct()
                .toList();
    }

    /** @return ascending */
    List<Integer> clients(String work) {
        return all.stream()
                .filter(figure -> figure.work().equals(work))
                .map(Figure::clients)
                .distinct()
                .sorted()
                .toList();
    }

    /** @return empty where this was not measured */
    Optional<Spread> spread(Cell cell, String value) {
        List<Double> values = all.stream()
                .filter(cell::has)
                .filter(figure -> figure.values().containsKey(value))
                .map(figure -> figure.values().get(value))
                .toList();
        return values.isEmpty() ? Optional.empty() : Optional.of(Spread.of(values));
    }

    /** @return one divided by the other in each round */
    Optional<Spread> ratio(Cell one, String value, Cell other, String otherValue) {
        List<Double> ratios = new ArrayList<>();
        for (Figure first : all) {
            for (Figure second : all) {
                if (one.has(first)
                        && other.has(second)
                        && first.round() == second.round()
                        && first.values().containsKey(value)
                        && second.values().containsKey(otherValue)) {
                    ratios.add(first.values().get(value) / second.values().get(otherValue));
                }
            }
        }
        return ratios.isEmpty() ? Optional.empty() : Optional.of(Spread.of(ratios));
    }

    /** What was measured in every round. */
    record Cell(String subject, String work, int clients) {

        boolean has(Figure figure) {
            return figure.subject().equals(subject) && figure.work().equals(work) && figure.clients() == clients;
        }
    }
}
