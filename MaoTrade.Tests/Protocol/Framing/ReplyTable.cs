namespace MaoTrade.Tests.Protocol.Framing;

/// <summary>Bytes an engine, new or old, may send, then the end of the stream; and what they are.</summary>
internal static class ReplyTable
{
    private const string Announced = "{\"code\":0,\"message\":\"\",\"data\":{\"binary_transfer\":true}}";

    public static readonly (string Name, string Bytes, string Expected)[] Rows =
    [
        ("plain", "{\"code\":0,\"message\":\"\",\"data\":{\"a\":1}}<04>", "0 {\"a\":1}"),
        ("plain ended by the stream", "{\"code\":0,\"message\":\"ok\",\"data\":{}}", "0 'ok' {}"),
        ("with id", "{\"code\":404,\"message\":\"no\",\"data\":{},\"id\":\"17\"}<04>", "404 'no' {} id=17"),
        ("three of one id", "{\"code\":0,\"id\":\"1\",\"more\":true}<04>{\"code\":0,\"id\":\"1\",\"more\":true}<04>{\"code\":0,\"id\":\"1\"}<04>", "0  id=1 more | 0  id=1 more | 0  id=1"),
        ("payload", Announced + "<MARK><00><00><00><03>abc", "0 {\"binary_transfer\":true} +3:616263"),
        ("payload of nothing", Announced + "<MARK><00><00><00><00>", "0 {\"binary_transfer\":true} +0:"),
        ("payload then plain", Announced + "<MARK><00><00><00><01>x{\"code\":0}<04>", "0 {\"binary_transfer\":true} +1:78 | 0 "),
        ("marker inside the payload", Announced + "<MARK><00><00><00><0D><04><MARK>", "0 {\"binary_transfer\":true} +13:0400FF6D7462696E61727900FF"),
        ("04 before the marker", Announced + "<04><MARK><00><00><00><02>hi", "0 {\"binary_transfer\":true} +2:6869"),
        ("empty marker behind a plain reply", "{\"code\":0}<MARK><00><00><00><00>", "0 "),
        ("04 and an empty marker", "{\"code\":0}<04><MARK><00><00><00><00>", "0 "),
        ("empty marker, then another reply", "{\"code\":0,\"id\":\"1\"}<04><MARK><00><00><00><00>{\"code\":0,\"id\":\"2\"}<04>", "0  id=1 | 0  id=2"),
        ("size agrees", "{\"code\":0,\"data\":{\"binary_transfer\":true,\"size\":2}}<MARK><00><00><00><02>hi", "0 {\"binary_transfer\":true,\"size\":2} +2:6869"),
        ("size disagrees", "{\"code\":0,\"data\":{\"binary_transfer\":true,\"size\":3}}<MARK><00><00><00><02>hi", "! SizeMismatch"),
        ("unannounced payload", "{\"code\":0,\"data\":{}}<MARK><00><00><00><02>hi", "! UnannouncedPayload"),
        ("unannounced payload after 04", "{\"code\":0}<04><MARK><00><00><00><02>hi", "0  | ! UnannouncedPayload"),
        ("announced below data only", "{\"code\":0,\"binary_transfer\":true,\"data\":{\"x\":{\"binary_transfer\":true}}}<MARK><00><00><00><02>hi", "! UnannouncedPayload"),
        ("announced as a string", "{\"code\":0,\"data\":{\"binary_transfer\":\"true\"}}<MARK><00><00><00><02>hi", "! UnannouncedPayload"),
        ("announced and never sent", Announced, "! Truncated"),
        ("announced, 04, never sent", Announced + "<04>", "! Truncated"),
        ("announced, then a reply", Announced + "<04>{\"code\":0}<04>", "! MissingPayload"),
        ("short payload", Announced + "<MARK><00><00><00><05>abc", "0 {\"binary_transfer\":true} +5:616263 | ! short by 2"),
        ("largest size", Announced + "<MARK><FF><FF><FF><FF>", "0 {\"binary_transfer\":true} +4294967295: | ! short by 4294967295"),
        ("size 2^31", Announced + "<MARK><80><00><00><00>", "0 {\"binary_transfer\":true} +2147483648: | ! short by 2147483648"),
        ("size 2^31-1", Announced + "<MARK><7F><FF><FF><FF>", "0 {\"binary_transfer\":true} +2147483647: | ! short by 2147483647"),
        ("half a marker", Announced + "<00><FF>mtbin", "! Truncated"),
        ("half a size", Announced + "<MARK><00><00>", "! Truncated"),
        ("wrong marker", Announced + "<00><FF>mtbinarx<00><FF><00><00><00><00>", "! RawByte"),
        ("raw FF", "{\"code\":0,\"x\":\"<FF>\"}<04>", "! InvalidUtf8"),
        ("half a reply", "{\"code\":0,\"mess", "! Truncated"),
        ("half a character", "{\"code\":0,\"message\":\"<E2><82>", "! Truncated"),
        ("nothing", "", ""),
        ("04 alone", "<04>", "! Empty"),
        ("not JSON", "hello<04>", "! NotJson"),
        ("not JSON, ended by the stream", "hello", "! NotJson"),
        ("array", "[]<04>", "! NotAnObject"),
        ("no code", "{\"message\":\"\"}<04>", "! BadReply"),
        ("code a string", "{\"code\":\"0\"}<04>", "! BadReply"),
        ("data an array", "{\"code\":0,\"data\":[]}<04>", "! BadReply"),
        ("data null", "{\"code\":0,\"data\":null}<04>", "0 "),
        ("message a number", "{\"code\":0,\"message\":1}<04>", "0 "),
        ("id a number", "{\"code\":0,\"id\":1}<04>", "0 "),
        ("duplicate key", "{\"code\":0,\"code\":0}<04>", "! DuplicateKey"),
        ("unknown members", "{\"v\":[1],\"code\":0,\"w\":{\"code\":1},\"data\":{}}<04>", "0 {}"),
    ];

    public static TheoryData<string> Names => [.. Rows.Select(row => row.Name)];

    public static (string Name, string Bytes, string Expected) Row(string name) => Rows.Single(row => row.Name == name);
}
