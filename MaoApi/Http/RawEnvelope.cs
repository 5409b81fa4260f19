using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;

namespace MaoApi.Http;

/// <summary>An envelope whose data is JSON somebody else wrote.</summary>
internal readonly struct RawEnvelope
{
    private const string JsonContent = "application/json; charset=utf-8";

    private static readonly byte[] Done = """{"code":0,"message":"","data":"""u8.ToArray();

    private readonly byte[] _prefix;

    public RawEnvelope(int code, string message) => _prefix = code == 0 && message.Length == 0
        ? Done
        : Encoding.UTF8.GetBytes($$"""{"code":{{code}},"message":"{{JsonEncodedText.Encode(message)}}","data":""");

    public async Task WriteAsync(HttpContext context, IReadOnlyList<ReadOnlyMemory<byte>> data)
    {
        var response = context.Response;
        response.ContentType = JsonContent;
        response.ContentLength = _prefix.Length + Length(data) + 1;
        var body = response.BodyWriter;
        body.Write(_prefix);
        for (var i = 0; i < data.Count; i++)
        {
            body.Write(data[i].Span);
        }

        body.Write("}"u8);
        await body.FlushAsync(context.RequestAborted);
    }

    /// <summary>Data of known length that is not held whole: <paramref name="copy"/> writes all of it.</summary>
    public async Task WriteAsync(HttpContext context, long dataBytes, Func<PipeWriter, Task> copy)
    {
        var response = context.Response;
        response.ContentType = JsonContent;
        response.ContentLength = _prefix.Length + dataBytes + 1;
        response.BodyWriter.Write(_prefix);
        await copy(response.BodyWriter);
        response.BodyWriter.Write("}"u8);
        await response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    private static long Length(IReadOnlyList<ReadOnlyMemory<byte>> parts)
    {
        var bytes = 0L;
        for (var i = 0; i < parts.Count; i++)
        {
            bytes += parts[i].Length;
        }

        return bytes;
    }
}
