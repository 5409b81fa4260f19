using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;

namespace MaoTrade.Market.Models;

/// <summary>
/// Reads a model file:
/// <code>
/// file   = "MAOMODEL" format header-size header trees check
/// format = u32, 1        header-size = u32, bytes        little endian
/// header = JSON (<see cref="ModelHeader"/>), UTF-8
/// trees  = see <see cref="TreeReader"/>
/// check  = SHA-256 of all bytes before it
/// </code>
/// Everything is checked before any of it is used.
/// </summary>
public static class ModelFile
{
    /// <summary>The version of the format.</summary>
    public const uint Format = 1;

    private const int FixedBytes = 16;

    private static ReadOnlySpan<byte> Magic => "MAOMODEL"u8;

    /// <summary>Digest of feature names in their order.</summary>
    public static string FeaturesDigest(IEnumerable<string> features) => HeaderChecks.Digest(features);

    /// <summary>Reads a file.</summary>
    /// <param name="path">Where it lies.</param>
    /// <param name="features">The names its features must have, in their order; at most 256.</param>
    /// <exception cref="ModelFileException">It cannot be read or used; the message says why.</exception>
    public static TrainedModel Read(string path, IReadOnlyList<string> features)
    {
        try
        {
            using var file = File.OpenRead(path);
            if (file.Length > ModelLimits.MostBytes)
            {
                throw TooLarge(file.Length);
            }

            var bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            return Read(bytes, features);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new ModelFileException($"it cannot be read: {fault.Message}");
        }
    }

    /// <summary>Reads what a file holds.</summary>
    /// <param name="file">All its bytes.</param>
    /// <param name="features">The names its features must have, in their order; at most 256.</param>
    /// <exception cref="ModelFileException">It cannot be used; the message says why.</exception>
    public static TrainedModel Read(ReadOnlySpan<byte> file, IReadOnlyList<string> features)
    {
        if (file.Length > ModelLimits.MostBytes)
        {
            throw TooLarge(file.Length);
        }

        if (file.Length < FixedBytes + SHA256.HashSizeInBytes || !file.StartsWith(Magic))
        {
            throw new ModelFileException("it is no model file: it does not begin as one");
        }

        var format = BinaryPrimitives.ReadUInt32LittleEndian(file[Magic.Length..]);
        if (format != Format)
        {
            throw new ModelFileException($"it is of format {format}, {Format} is expected");
        }

        var content = file[..^SHA256.HashSizeInBytes];
        if (!SHA256.HashData(content).AsSpan().SequenceEqual(file[content.Length..]))
        {
            throw new ModelFileException("its check does not agree: the file is cut or damaged");
        }

        var size = BinaryPrimitives.ReadUInt32LittleEndian(file[(Magic.Length + sizeof(uint))..]);
        if (size > ModelLimits.MostHeaderBytes || size > content.Length - FixedBytes)
        {
            throw new ModelFileException($"its header has {size} bytes, at most {ModelLimits.MostHeaderBytes} are taken and {content.Length - FixedBytes} are there");
        }

        var header = ReadHeader(content.Slice(FixedBytes, (int)size));
        HeaderChecks.Check(header, features);
        var ensembles = ReadTrees(header, content[(FixedBytes + (int)size)..]);
        return new TrainedModel(header, ensembles, Convert.ToHexStringLower(SHA256.HashData(file)));
    }

    private static ModelHeader ReadHeader(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, ModelJson.Default.ModelHeader) ?? throw new ModelFileException("its header is null");
        }
        catch (JsonException fault)
        {
            throw new ModelFileException($"its header cannot be read: {fault.Message}");
        }
    }

    private static TreeEnsemble[] ReadTrees(ModelHeader header, ReadOnlySpan<byte> body)
    {
        var reader = new TreeReader(body, header.Features.Count);
        var ensembles = new TreeEnsemble[header.Ensembles.Count];
        for (var i = 0; i < ensembles.Length; i++)
        {
            ensembles[i] = reader.Read(header.Ensembles[i], $"ensembles[{i}]");
        }

        return reader.Left == 0 ? ensembles : throw new ModelFileException($"{reader.Left} bytes follow the last tree");
    }

    private static ModelFileException TooLarge(long sizeBytes) =>
        new($"it is too large: it has {sizeBytes} bytes, at most {ModelLimits.MostBytes} are taken");
}
