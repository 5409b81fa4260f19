using System.Globalization;
using System.Text;

namespace MaoApi.Pods;

/// <summary>
/// An output file that is filled from elsewhere, and how far: each piece comes with its time, and what is not newer than the last one
/// written is there already. The mark lies beside the file and outlives this process. Used by one caller at a time.
/// </summary>
internal sealed class PodOutputMark(string outputFile)
{
    /// <summary>Longest time in front of a piece, with nanoseconds and zone.</summary>
    private const int MaxTime = 40;

    private readonly string _markFile = outputFile + ".mark";
    private string _last = Read(outputFile + ".mark");

    /// <summary>Time of the last piece; null where there was none.</summary>
    public DateTimeOffset? Last => DateTimeOffset.TryParse(_last, CultureInfo.InvariantCulture, out var time) ? time : null;

    /// <summary>Appends a piece, <c>2026-11-21T08:00:00.123456789Z text</c>, unless it is there already.</summary>
    public async Task AppendAsync(ReadOnlyMemory<byte> piece, CancellationToken cancellationToken)
    {
        var blank = piece.Span.IndexOf((byte)' ');
        if (blank is < 0 or > MaxTime)
        {
            return;
        }

        var at = Encoding.ASCII.GetString(piece.Span[..blank]);
        if (string.CompareOrdinal(Padded(at), Padded(_last)) <= 0)
        {
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(outputFile)!);
        await using (var file = new FileStream(outputFile, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, 1, FileOptions.Asynchronous))
        {
            file.Seek(0, SeekOrigin.End);
            await file.WriteAsync(piece[(blank + 1)..], cancellationToken);
        }

        _last = at;
        await File.WriteAllTextAsync(_markFile, at, cancellationToken);
    }

    /// <summary>Zeros at the end of a fraction are left out by some: with them, text is ordered as time.</summary>
    private static string Padded(string at)
    {
        var bare = at.TrimEnd('Z');
        return bare.Contains('.') ? bare.PadRight(29, '0') : bare.Length == 0 ? bare : (bare + ".").PadRight(29, '0');
    }

    private static string Read(string path) => File.Exists(path) ? File.ReadAllText(path).Trim() : "";
}
