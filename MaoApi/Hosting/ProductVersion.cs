namespace MaoApi.Hosting;

internal static class ProductVersion
{
    public static readonly string Value = typeof(ProductVersion).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";
}
