using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MaoTrade.Market.Metastock;

/// <summary>
/// Turns rows into the columns of a page, four rows at a time. Whether all rows keep the rules of
/// <see cref="MetastockRow"/> is known on the way, for a handful of comparisons.
/// </summary>
internal sealed class MetastockDecoder(MetastockLayout layout)
{
    // A row's time when its date or time is none.
    public const long NoTime = long.MinValue;

    private const int SecondsPerDay = 86_400;
    private static readonly int DayOfEpoch = new DateOnly(1970, 1, 1).DayNumber;

    // The month of the row before: most dates lie in the same one, and then a subtraction is all there is to do.
    private int _monthNumber = int.MinValue;
    private int _monthDays;
    private long _monthSeconds;

    /// <summary>False when a row breaks a rule; all are in the page nevertheless, times that are none as <see cref="NoTime"/>.</summary>
    public bool Decode(ReadOnlySpan<byte> rows, int count, MetastockPage page)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, MetastockPage.MaxRows);
        var numbers = MemoryMarshal.Cast<byte, uint>(rows[..(count * layout.RowBytes)]);
        page.Count = count;
        return DecodeTimes(numbers, page) & DecodeNumbers(numbers, page);
    }

    /// <summary>Unix seconds of a row, or <see cref="NoTime"/>.</summary>
    public long TimeOf(ReadOnlySpan<byte> row)
    {
        var numbers = MemoryMarshal.Cast<byte, uint>(row);
        return layout.Time > 0 ? WithClock(Midnight(numbers[0]), numbers[layout.Time]) : Midnight(numbers[0]);
    }

    private bool DecodeTimes(ReadOnlySpan<uint> numbers, MetastockPage page)
    {
        var times = page.Times.AsSpan(0, page.Count);
        var good = true;
        for (int i = 0, at = 0; i < times.Length; i++, at += layout.Columns)
        {
            var time = layout.Time > 0 ? WithClock(Midnight(numbers[at]), numbers[at + layout.Time]) : Midnight(numbers[at]);
            times[i] = time;
            good &= time != NoTime;
        }

        return good;
    }

    private static long WithClock(long midnight, uint stored) =>
        midnight != NoTime && MetastockDate.TryParseTime(MbfSingle.ToDouble(stored), out var clock)
            ? midnight + (clock.Ticks / TimeSpan.TicksPerSecond)
            : NoTime;

    /// <summary>Unix seconds of a stored date.</summary>
    private long Midnight(uint stored)
    {
        // Whole numbers of up to 24 bits, which dates until 3577 are: the mantissa, shifted.
        var shift = 152 - (int)(stored >> 24);
        var mantissa = (stored & 0xFF_FFFF) | 0x80_0000;
        if ((uint)shift < 24 && (stored & 0x80_0000) == 0)
        {
            var number = mantissa >> shift;
            var day = (uint)((int)number - _monthNumber);
            if (day < (uint)_monthDays && number << shift == mantissa)
            {
                return _monthSeconds + (day * (long)SecondsPerDay);
            }
        }

        return OtherMonth(stored);
    }

    private long OtherMonth(uint stored)
    {
        if (!MetastockDate.TryParse(MbfSingle.ToDouble(stored), out var date))
        {
            return NoTime;
        }

        _monthNumber = ((date.Year - 1900) * 10_000) + (date.Month * 100) + 1;
        _monthDays = DateTime.DaysInMonth(date.Year, date.Month);
        _monthSeconds = (date.DayNumber - date.Day + 1 - DayOfEpoch) * (long)SecondsPerDay;
        return _monthSeconds + ((date.Day - 1) * (long)SecondsPerDay);
    }

    private bool DecodeNumbers(ReadOnlySpan<uint> numbers, MetastockPage page)
    {
        // Locals, so that they stay in registers.
        var (columns, openAt, highAt, lowAt, closeAt, volumeAt, interestAt) =
            (layout.Columns, layout.Open, layout.High, layout.Low, layout.Close, layout.Volume, layout.OpenInterest);
        var least = Vector256.Create(MetastockRow.LeastPrice);
        var most = Vector256.Create(MetastockRow.MostNumber);
        var good = Vector256<double>.AllBitsSet;
        var count = page.Count;
        Span<uint> tail = stackalloc uint[4 * 8];
        for (var i = 0; i < count; i += 4)
        {
            scoped ref var first = ref Unsafe.AsRef(in numbers[i * columns]);
            if (count - i < 4)
            {
                // The last rows stand again in the places that are left, so that four can be read.
                for (var j = 0; j < 4; j++)
                {
                    numbers.Slice(Math.Min(i + j, count - 1) * columns, columns).CopyTo(tail[(j * columns)..]);
                }

                first = ref tail[0];
            }

            var high = Load(ref first, columns, highAt);
            var low = Load(ref first, columns, lowAt);
            var close = Load(ref first, columns, closeAt);
            var open = openAt > 0 ? Load(ref first, columns, openAt) : close;
            var volume = volumeAt > 0 ? Load(ref first, columns, volumeAt) : Vector256<double>.Zero;
            var interest = interestAt > 0 ? Load(ref first, columns, interestAt) : Vector256<double>.Zero;
            good &= Vector256.GreaterThanOrEqual(low, least) & Vector256.LessThanOrEqual(high, most)
                & Vector256.LessThanOrEqual(low, open) & Vector256.LessThanOrEqual(low, close)
                & Vector256.GreaterThanOrEqual(high, open) & Vector256.GreaterThanOrEqual(high, close)
                & Vector256.GreaterThanOrEqual(volume, Vector256<double>.Zero) & Vector256.LessThanOrEqual(volume, most)
                & Vector256.GreaterThanOrEqual(interest, Vector256<double>.Zero) & Vector256.LessThanOrEqual(interest, most);

            // 2,000 is a multiple of four: a group never reaches beyond the page.
            open.StoreUnsafe(ref page.Opens[i]);
            high.StoreUnsafe(ref page.Highs[i]);
            low.StoreUnsafe(ref page.Lows[i]);
            close.StoreUnsafe(ref page.Closes[i]);
            volume.StoreUnsafe(ref page.Volumes[i]);
            interest.StoreUnsafe(ref page.Interests[i]);
        }

        return Vector256.EqualsAll(good.AsUInt64(), Vector256<ulong>.AllBitsSet);
    }

    /// <summary>One column of four rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Load(ref uint row, int columns, int column) => MbfSingle.ToDouble(Vector128.Create(
        Unsafe.Add(ref row, column), Unsafe.Add(ref row, column + columns),
        Unsafe.Add(ref row, column + (2 * columns)), Unsafe.Add(ref row, column + (3 * columns))));
}
