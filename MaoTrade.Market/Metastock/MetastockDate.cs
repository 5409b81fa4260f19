namespace MaoTrade.Market.Metastock;

/// <summary>Dates as (year - 1900) · 10000 + month · 100 + day and times as HHMMSS.</summary>
public static class MetastockDate
{
    /// <summary>False when month or day is out of range or the number is not whole.</summary>
    public static bool TryParse(double stored, out DateOnly date)
    {
        date = default;
        if (stored is not (>= 101 and < 81_00_00_00) || stored != Math.Floor(stored))
        {
            return false;
        }

        var number = (int)stored;
        return TryParse(1900 + (number / 10_000), number / 100 % 100, number % 100, out date);
    }

    /// <summary>The other form, YYYYMMDD as a whole number.</summary>
    public static bool TryParseLong(int stored, out DateOnly date) =>
        TryParse(stored / 10_000, stored / 100 % 100, stored % 100, out date);

    /// <summary>False when an hour, minute or second is out of range.</summary>
    public static bool TryParseTime(double stored, out TimeOnly time)
    {
        time = default;
        if (stored is not (>= 0 and < 240_000) || stored != Math.Floor(stored))
        {
            return false;
        }

        var number = (int)stored;
        if (number / 100 % 100 > 59 || number % 100 > 59)
        {
            return false;
        }

        time = new TimeOnly(number / 10_000, number / 100 % 100, number % 100);
        return true;
    }

    /// <summary>A date in the format's own form.</summary>
    public static int Stored(DateOnly date) => ((date.Year - 1900) * 10_000) + (date.Month * 100) + date.Day;

    /// <summary>A date as YYYYMMDD.</summary>
    public static int StoredLong(DateOnly date) => (date.Year * 10_000) + (date.Month * 100) + date.Day;

    /// <summary>A time of day in the format's own form.</summary>
    public static int Stored(TimeOnly time) => (time.Hour * 10_000) + (time.Minute * 100) + time.Second;

    private static bool TryParse(int year, int month, int day, out DateOnly date)
    {
        date = default;
        if (year is < 1800 or > 9999 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        date = new DateOnly(year, month, day);
        return true;
    }
}
