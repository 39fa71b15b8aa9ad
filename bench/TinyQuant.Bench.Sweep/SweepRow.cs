using System.Globalization;
using System.Text.Json;

namespace TinyQuant.Bench;

/// <summary>A layer and its time.</summary>
/// <param name="Shape">Its sizes.</param>
/// <param name="Arithmetic">What it computes in.</param>
/// <param name="Unit">The instruction set that its kernel took.</param>
/// <param name="Nanoseconds">Of one run.</param>
internal sealed record SweepRow(LayerShape Shape, Arithmetic Arithmetic, string Unit, double Nanoseconds)
{
    public const string Header = "operator              arithmetic       shape                        MACs    "
        + "weights          ns     GMAC/s    ns/MAC";

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Shape.Operator.Name(),-21} {Arithmetic.Name(),-16} {Shape,-22} {Shape.Macs,10:N0} {Weights,10:N0} {Nanoseconds,11:F1} {Shape.Macs / Nanoseconds,10:F2} {Nanoseconds / Shape.Macs,9:F4}");

    public void WriteJson(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("operator", Shape.Operator.Name());
        json.WriteString("arithmetic", Arithmetic.Name());
        json.WriteString("unit", Unit);
        json.WriteString("shape", Shape.ToString());
        json.WriteNumber("macs", Shape.Macs);
        json.WriteNumber("depth", Shape.Depth);
        json.WriteNumber("weightBytes", Weights);
        json.WriteNumber("ns", Math.Round(Nanoseconds, 2));
        json.WriteEndObject();
    }

    private int Weights => SweepShapes.WeightBytes(Shape, Arithmetic);
}
