import { commands, type Disposable } from 'vscode';
import type { LanguageClient, Location, Position } from 'vscode-languageclient/node';

/** The command behind a line above an export: shows the places where the symbol is asked for. */
export const showPlacesCommand = 'untainted.showPlaces';

/** Turns the protocol's places into the editor's, which its own command wants. */
export function registerShowPlaces(client: LanguageClient): Disposable {
  return commands.registerCommand(showPlacesCommand, (uri: string, position: Position, places: Location[]) => {
    const { asUri, asPosition, asLocation } = client.protocol2CodeConverter;
    return commands.executeCommand(
      'editor.action.showReferences',
      asUri(uri),
      asPosition(position),
      places.map((place) => asLocation(place)),
    );
  });
}
