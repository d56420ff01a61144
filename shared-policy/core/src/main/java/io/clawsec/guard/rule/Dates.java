package io.clawsec.guard.rule;

import java.util.ArrayList;
import java.util.List;

/** Dates as people write them: a day, a month and a year, in any of the usual orders. */
final class Dates {

    private static final int MIN_YEAR = 1890;
    private static final int MAX_YEAR = 2100;
    private static final int MONTHS = 12;
    private static final int MAX_DAY = 31;

    private Dates() {}

    /**
     * Whether the numbers of the span can be a calendar day: with a month's name a day and a year, else three numbers
     * in the order year-month-day, day-month-year or month-day-year (ISO 8601; CLDR short dates).
     */
    static boolean plausible(String span) {
        List<String> numbers = numbers(span);
        if (numbers.size() == 2) {
            return (day(numbers.get(0)) && year(numbers.get(1))) || (year(numbers.get(0)) && day(numbers.get(1)));
        }
        if (numbers.size() != 3) {
            return false;
        }
        boolean yearFirst = numbers.get(0).length() == 4;
        String year = yearFirst ? numbers.get(0) : numbers.get(2);
        String other = yearFirst ? numbers.get(2) : numbers.get(0);
        String middle = numbers.get(1);
        boolean dayAndMonth = (day(other) && month(middle)) || (!yearFirst && month(other) && day(middle));
        return year(year) && dayAndMonth;
    }

    private static List<String> numbers(String span) {
        List<String> numbers = new ArrayList<>();
        int start = -1;
        for (int i = 0; i <= span.length(); i++) {
            boolean digit = i < span.length() && Digits.is(span.charAt(i));
            if (digit && start < 0) {
                start = i;
            } else if (!digit && start >= 0) {
                numbers.add(span.substring(start, i));
                start = -1;
            }
        }
        return numbers;
    }

    private static boolean year(String number) {
        if (number.length() == 2) {
            return true;
        }
        return number.length() == 4 && within(number, MIN_YEAR, MAX_YEAR);
    }

    private static boolean month(String number) {
        return number.length() <= 2 && within(number, 1, MONTHS);
    }

    private static boolean day(String number) {
        return number.length() <= 2 && within(number, 1, MAX_DAY);
    }

    private static boolean within(String number, int least, int most) {
        int value = Integer.parseInt(number);
        return value >= least && value <= most;
    }
}
