namespace TinyQuant.Tool.Commands;

/// <summary>What <c>tinyquant quantize</c> may try by itself where a model loses much.</summary>
internal enum Help
{
    /// <summary>Nothing: it keeps to what was asked for.</summary>
    None,

    /// <summary>Equalization and bias correction.</summary>
    WithoutMethod,

    /// <summary>Another way of choosing ranges too: none was asked for.</summary>
    WithMethod,
}
