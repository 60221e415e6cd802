package dev.unlost.benchmarks.load;

import java.util.List;
import java.util.Locale;

/** Customers as a trading company has them. As records they are about 460 bytes of JSON. */
public final class Customers {

    private static final List<String> NAMES =
            List.of("Lindner", "Bergamo", "Ottilies", "Vaffeljernet", "Romero", "Tortuga", "Galeria", "Wellington");
    private static final List<String> KINDS = List.of("Trading", "Foods", "Market", "Imports", "Bottling");
    private static final List<String> PEOPLE =
            List.of("Maria Anders", "Ana Trujillo", "Thomas Hardy", "Hanna Moos", "Yang Wang", "Paul Henriot");
    private static final List<String> TITLES =
            List.of("Owner", "Sales Representative", "Marketing Manager", "Order Administrator");
    private static final List<String> CITIES = List.of("Berlin", "London", "Lyon", "Bergamo", "Portland", "Cork");
    private static final List<String> COUNTRIES = List.of("DE", "GB", "FR", "IT", "US", "IE");
    private static final List<String> TAGS = List.of("food", "vip", "export", "wholesale", "new");

    private Customers() {}

    /** @return the body of the request that creates the customer of that number */
    public static String json(int number) {
        String name = name(number);
        return """
                {"name":"%s","contactName":"%s","contactTitle":"%s","email":"office%d@example.com","phone":"%s",\
                "address":{"street":"%d Harbour St","city":"%s","region":"North","postalCode":"%05d",\
                "country":"%s"},"tags":["%s","%s"],"notes":"Weekdays only."}""".formatted(
                        name,
                        of(PEOPLE, number),
                        of(TITLES, number),
                        number,
                        phone(number),
                        number % 200 + 1,
                        of(CITIES, number),
                        number % 100_000,
                        of(COUNTRIES, number),
                        of(TAGS, number),
                        of(TAGS, number + 1));
    }

    /** @return the body of the request that changes the telephone number */
    public static String phoneChange(long number) {
        return "{\"phone\":\"" + phone(number) + "\"}";
    }

    public static String phone(long number) {
        return String.format(Locale.ROOT, "+49 30 %07d", number % 10_000_000);
    }

    private static String name(int number) {
        // spread over the alphabet, each name once
        return of(NAMES, number) + " " + of(KINDS, number / NAMES.size()) + " " + number;
    }

    private static String of(List<String> words, int number) {
        return words.get(number % words.size());
    }
}
