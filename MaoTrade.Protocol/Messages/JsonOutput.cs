using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace MaoTrade.Protocol.Messages;

/// <summary>Writes the fixed parts of a message into a span; larger parts go to the buffer writer piece by piece.</summary>
internal ref struct JsonOutput(IBufferWriter<byte> output, int sizeHint)
{
    private Span<byte> _span = output.GetSpan(sizeHint);
    private int _used;

    public void Raw(scoped ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > _span.Length - _used)
        {
            Flush();
            output.Write(bytes);
            _span = output.GetSpan(64);
            return;
        }

        bytes.CopyTo(_span[_used..]);
        _used += bytes.Length;
    }

    public void Byte(byte value)
    {
        if (_used == _span.Length)
        {
            Flush();
            _span = output.GetSpan(64);
        }

        _span[_used++] = value;
    }

    public void Number(long value)
    {
        if (_span.Length - _used < 20)
        {
            Flush();
            _span = output.GetSpan(64);
        }

        value.TryFormat(_span[_used..], out var written, default, CultureInfo.InvariantCulture);
        _used += written;
    }

    /// <summary>Content of a JSON string without its quotes.</summary>
    public void Escaped(string text)
    {
        if (text.Length == 0)
        {
            return;
        }

        if (!IsPlain(text))
        {
            Raw(JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes);
            return;
        }

        if (text.Length > _span.Length - _used)
        {
            Flush();
            _span = output.GetSpan(text.Length + 64);
        }

        Utf8.FromUtf16(text, _span[_used..], out _, out var written);
        _used += written;
    }

    public void Flush()
    {
        output.Advance(_used);
        _span = [];
        _used = 0;
    }

    private static bool IsPlain(string text) => !text.AsSpan().ContainsAnyExcept(PlainText.Characters);
}

/// <summary>Printable ASCII that needs no escape in JSON.</summary>
internal static class PlainText
{
    public static readonly SearchValues<char> Characters =
        SearchValues.Create([.. Enumerable.Range(' ', '~' - ' ' + 1).Select(code => (char)code).Where(c => c is not ('"' or '\\'))]);
}
