namespace TinyQuant.Import.Onnx.Schema;

/// <summary>Whose operators they are.</summary>
internal static class Domains
{
    /// <summary>ONNX's own.</summary>
    public const string Onnx = "";

    /// <summary>ONNX's own of classical machine learning.</summary>
    public const string Learning = "ai.onnx.ml";

    /// <summary>ONNX Runtime's.</summary>
    public const string Microsoft = "com.microsoft";

    /// <summary>A domain by the one name it has here.</summary>
    public static string Normal(string domain) => domain == "ai.onnx" ? Onnx : domain;

    /// <summary>For messages.</summary>
    public static string Shown(string domain) => domain.Length == 0 ? "ai.onnx" : domain;
}
