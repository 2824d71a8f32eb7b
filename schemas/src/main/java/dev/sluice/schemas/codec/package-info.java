/** JSON on the wire. The only package of this module that may use Jackson beyond annotations. */
package dev.sluice.schemas.codec;
