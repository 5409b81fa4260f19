using System.Text;
using System.Xml;

namespace MaoApi.News;

/// <summary>One <c>item</c> of RSS or <c>entry</c> of Atom while it is read.</summary>
internal sealed class FeedEntry(Uri? address)
{
    private const string DublinCore = "http://purl.org/dc/elements/1.1/";
    private const string Media = "http://search.yahoo.com/mrss/";
    private const int MostGuid = 2000;

    private string? _title;
    private string? _link;
    private string? _guid;
    private string? _image;
    private string? _published;
    private string? _updated;
    private bool _isGuidLink = true;

    /// <summary>Reads the element the reader stands on, to its end.</summary>
    /// <exception cref="XmlException">The document is broken, or elements lie in each other too deep.</exception>
    public FeedEntry Read(XmlReader reader, int mostDepth)
    {
        var depth = reader.Depth;
        while (reader.Read() && reader.Depth > depth)
        {
            if (reader.NodeType == XmlNodeType.Element)
            {
                Take(reader, mostDepth);
            }
        }

        return this;
    }

    /// <summary>The item, or what keeps it from being one.</summary>
    public (FeedItem? Item, string? Problem) Make(int mostTitle)
    {
        var title = FeedText.Plain(_title ?? "", mostTitle);
        if (title.Length == 0)
        {
            return (null, "an item without a title");
        }

        if (FeedText.Address(_link ?? (_isGuidLink ? _guid : null), address) is not { } link)
        {
            return (null, $"'{title}' has no http or https link");
        }

        DateTimeOffset? published = null;
        if ((_published ?? _updated) is { } text)
        {
            if (!FeedTime.TryParse(text, out var time))
            {
                return (null, $"'{title}': '{FeedText.Plain(text, 40)}' is neither an RFC 822 nor an ISO 8601 time");
            }

            published = time;
        }

        var guid = string.IsNullOrWhiteSpace(_guid) ? null : _guid.Trim();
        return (new FeedItem(title, link, guid?[..Math.Min(guid.Length, MostGuid)], FeedText.Address(_image, address), published), null);
    }

    private void Take(XmlReader reader, int mostDepth)
    {
        switch (reader.LocalName, reader.NamespaceURI)
        {
            case ("enclosure", _) when IsImage(reader.GetAttribute("type")):
            case ("thumbnail", Media):
            case ("content", Media) when IsImage(reader.GetAttribute("type")) || reader.GetAttribute("medium") == "image":
                _image ??= reader.GetAttribute("url");
                break;
            case ("link", not (DublinCore or Media)) when reader.GetAttribute("href") is { } href:
                TakeLink(reader.GetAttribute("rel"), reader.GetAttribute("type"), href);
                break;
            case ("link", not (DublinCore or Media)):
                _link ??= Text(reader, mostDepth);
                return;
            case ("title", not (DublinCore or Media)):
                _title ??= Text(reader, mostDepth);
                return;
            case ("guid" or "id", not (DublinCore or Media)):
                _isGuidLink = reader.GetAttribute("isPermaLink") != "false";
                _guid ??= Text(reader, mostDepth);
                return;
            case ("pubDate" or "published", _):
            case ("date", DublinCore):
                _published ??= Text(reader, mostDepth);
                return;
            case ("updated", _):
                _updated ??= Text(reader, mostDepth);
                return;
        }

        Text(reader, mostDepth);
    }

    private void TakeLink(string? relation, string? type, string href)
    {
        if (relation is null or "alternate")
        {
            _link ??= href;
        }
        else if (relation == "enclosure" && IsImage(type))
        {
            _image ??= href;
        }
    }

    private static bool IsImage(string? type) => type?.StartsWith("image/", StringComparison.OrdinalIgnoreCase) ?? false;

    /// <summary>The text of an element with that of all inside it; the reader then stands on its end.</summary>
    private static string Text(XmlReader reader, int mostDepth)
    {
        if (reader.IsEmptyElement)
        {
            return "";
        }

        var text = new StringBuilder();
        var depth = reader.Depth;
        while (reader.Read() && reader.Depth > depth)
        {
            if (reader.Depth > mostDepth)
            {
                throw new XmlException($"Elements lie in each other more than {mostDepth} deep.", null, ((IXmlLineInfo)reader).LineNumber, 0);
            }

            if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace)
            {
                text.Append(reader.Value);
            }
        }

        return text.ToString();
    }
}
