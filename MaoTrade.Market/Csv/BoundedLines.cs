namespace MaoTrade.Market.Csv;

/// <summary>Lines of a text that may be of any size: a line longer than the limit is skipped and comes as null.</summary>
internal static class BoundedLines
{
    public const int MaxLineChars = 4096;

    public static IEnumerable<string?> Read(TextReader reader)
    {
        var chunk = new char[8192];
        var line = new char[MaxLineChars];
        var length = 0;
        var tooLong = false;
        int read;
        while ((read = reader.Read(chunk, 0, chunk.Length)) > 0)
        {
            for (var i = 0; i < read; i++)
            {
                if (chunk[i] == '\n')
                {
                    yield return tooLong ? null : Text(line, length);
                    length = 0;
                    tooLong = false;
                }
                else if (length < MaxLineChars)
                {
                    line[length++] = chunk[i];
                }
                else
                {
                    tooLong = true;
                }
            }
        }

        if (length > 0)
        {
            yield return tooLong ? null : Text(line, length);
        }
    }

    private static string Text(char[] line, int length) => new string(line, 0, length).TrimEnd('\r');
}
