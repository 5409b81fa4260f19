using System.Xml;

namespace MaoApi.News;

/// <summary>
/// Reads RSS (0.9 to 2.0) and Atom. A document type is refused whole, since it is where bombs are hidden; what is broken otherwise costs no
/// more than the item it stands in, and where the document breaks off, the items before it are kept.
/// </summary>
internal static class FeedReader
{
    private const int MostTitle = 500;
    private const int MostDepth = 64;
    private const int MostItems = 2000;
    private const int MostFaults = 20;

    private static readonly string[] Roots = ["rss", "feed", "RDF"];

    /// <summary>The items of a feed, and what is wrong in it.</summary>
    /// <param name="bytes">The document.</param>
    /// <param name="charset">How the server says it is encoded, or null.</param>
    /// <param name="address">Where it came from, for addresses relative to it; null for a file.</param>
    public static FeedDocument Read(ReadOnlySpan<byte> bytes, string? charset, Uri? address)
    {
        var (text, wrong) = FeedEncoding.Decode(bytes, charset);
        var items = new List<FeedItem>();
        var faults = new List<FeedFault>();
        if (wrong is not null)
        {
            faults.Add(wrong);
        }

        using var reader = XmlReader.Create(new StringReader(text), new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            CheckCharacters = false,
        });
        try
        {
            ReadItems(reader, address, items, faults);
        }
        catch (XmlException fault)
        {
            faults.Add(new FeedFault(fault.LineNumber, items.Count == 0 ? fault.Message : $"{fault.Message} What follows was not read."));
        }

        return new FeedDocument(items, faults);
    }

    private static void ReadItems(XmlReader reader, Uri? address, List<FeedItem> items, List<FeedFault> faults)
    {
        reader.MoveToContent();
        if (!Array.Exists(Roots, root => root == reader.LocalName))
        {
            faults.Add(new FeedFault(LineOf(reader), $"<{FeedText.Plain(reader.LocalName, 40)}> is neither RSS nor Atom"));
            return;
        }

        while (reader.Read())
        {
            if (reader.NodeType != XmlNodeType.Element || reader.LocalName is not ("item" or "entry") || reader.IsEmptyElement)
            {
                continue;
            }

            if (items.Count == MostItems)
            {
                faults.Add(new FeedFault(LineOf(reader), $"more than {MostItems} items; the rest was not read"));
                return;
            }

            var line = LineOf(reader);
            var (item, problem) = new FeedEntry(address).Read(reader, MostDepth).Make(MostTitle);
            if (item is not null)
            {
                items.Add(item);
            }
            else if (faults.Count < MostFaults)
            {
                faults.Add(new FeedFault(line, problem!));
            }
        }
    }

    private static int LineOf(XmlReader reader) => ((IXmlLineInfo)reader).LineNumber;
}
