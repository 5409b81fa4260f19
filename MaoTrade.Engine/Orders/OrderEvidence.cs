using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using MaoTrade.Market.Models;

namespace MaoTrade.Engine.Orders;

/// <summary>What a model said when it wanted an order; kept with the order.</summary>
/// <param name="Confidence">0 to 0.95.</param>
/// <param name="Model">Name of the model.</param>
/// <param name="ModelVersion">Its version.</param>
/// <param name="Features">The features it saw, not standardised: a JSON object.</param>
public sealed record OrderEvidence(
    double Confidence, string Model, string ModelVersion, [property: JsonConverter(typeof(JsonTextConverter))] string Features)
{
    /// <summary>The evidence of a prediction.</summary>
    /// <param name="confidence">0 to 0.95.</param>
    /// <param name="model">The model that predicted.</param>
    /// <param name="row">Its features, finite numbers.</param>
    public static OrderEvidence Of(double confidence, TrainedModel model, ReadOnlySpan<double> row)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            for (var i = 0; i < row.Length; i++)
            {
                writer.WriteNumber(model.Header.Features[i].Name, row[i]);
            }

            writer.WriteEndObject();
        }

        return new OrderEvidence(confidence, model.Name, model.Version, Encoding.UTF8.GetString(buffer.WrittenSpan));
    }
}
