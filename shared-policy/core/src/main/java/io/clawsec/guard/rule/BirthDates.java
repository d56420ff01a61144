package io.clawsec.guard.rule;

/** The days of birth that many countries write into a person's number. */
final class BirthDates {

    private static final int[] DAYS = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    private static final int FEBRUARY = 2;
    private static final int MIN_YEAR = 1850;
    private static final int MAX_YEAR = 2099;

    private BirthDates() {}

    /** Whether the calendar has the day, in a year that somebody's number can be of. */
    static boolean exists(int year, int month, int day) {
        if (year < MIN_YEAR || year > MAX_YEAR) {
            return false;
        }
        boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        return inYear(leap, month, day);
    }

    /** Whether some century's calendar has the day, of a year of which the last two digits are known. */
    static boolean existsInSomeCentury(int lastTwoDigits, int month, int day) {
        return inYear(lastTwoDigits % 4 == 0, month, day);
    }

    private static boolean inYear(boolean leap, int month, int day) {
        if (month < 1 || month > DAYS.length || day < 1) {
            return false;
        }
        return day <= DAYS[month - 1] + (leap && month == FEBRUARY ? 1 : 0);
    }
}
